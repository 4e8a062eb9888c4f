/** The session directory: an account's devices and where each is connected, in Redis. */
@NullMarked
package io.bluetick.directory;

import org.jspecify.annotations.NullMarked;
