/** PostgreSQL under its own name in the health answers. */
@NullMarked
package io.bluetick.platform.postgres;

import org.jspecify.annotations.NullMarked;
