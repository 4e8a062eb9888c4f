/** Benchmarks of the running system. */
@NullMarked
package io.bluetick.bench;

import org.jspecify.annotations.NullMarked;
