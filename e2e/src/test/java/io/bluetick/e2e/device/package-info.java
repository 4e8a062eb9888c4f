/** A client that keeps to the wire's contract as the SDK does, and writes down what it sees. */
@NullMarked
package io.bluetick.e2e.device;

import org.jspecify.annotations.NullMarked;
