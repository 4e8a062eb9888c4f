/** What a benchmark says, for people and for scripts. */
@NullMarked
package io.bluetick.bench.report;

import org.jspecify.annotations.NullMarked;
