/** A service of its own for a benchmark, with the backends it needs. */
@NullMarked
package io.bluetick.bench.stack;

import org.jspecify.annotations.NullMarked;
