/** Health answers that neither hang nor hammer a backend. */
@NullMarked
package io.bluetick.platform.health;

import org.jspecify.annotations.NullMarked;
