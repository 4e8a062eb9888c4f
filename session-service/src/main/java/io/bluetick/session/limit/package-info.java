/** How often something may be asked of this service. */
@NullMarked
package io.bluetick.session.limit;

import org.jspecify.annotations.NullMarked;
