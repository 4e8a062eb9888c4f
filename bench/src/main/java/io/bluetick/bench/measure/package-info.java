/** What a process costs, asked of the kernel and of the JVM. */
@NullMarked
package io.bluetick.bench.measure;

import org.jspecify.annotations.NullMarked;
