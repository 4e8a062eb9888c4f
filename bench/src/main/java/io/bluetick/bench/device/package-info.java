/** A light device: the socket and the channel of thousands of connections from one process. */
@NullMarked
package io.bluetick.bench.device;

import org.jspecify.annotations.NullMarked;
