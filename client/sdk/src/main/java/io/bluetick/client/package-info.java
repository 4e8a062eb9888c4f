/** A device of Bluetick as a library. */
@NullMarked
package io.bluetick.client;

import org.jspecify.annotations.NullMarked;
