/** Pre-keys: what devices leave here so that others can begin sessions with them. */
@NullMarked
package io.bluetick.session.key;

import org.jspecify.annotations.NullMarked;
