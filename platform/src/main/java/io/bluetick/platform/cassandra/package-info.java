/** Versioned CQL migrations, applied before the first query. */
@NullMarked
package io.bluetick.platform.cassandra;

import org.jspecify.annotations.NullMarked;
