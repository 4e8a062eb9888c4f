/** What a socket costs the gateway. */
@NullMarked
package io.bluetick.bench.sockets;

import org.jspecify.annotations.NullMarked;
