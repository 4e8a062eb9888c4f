/** What many devices do at once. */
@NullMarked
package io.bluetick.bench.load;

import org.jspecify.annotations.NullMarked;
