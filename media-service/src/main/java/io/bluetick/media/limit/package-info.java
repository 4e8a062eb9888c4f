/** How often and how much may be asked of this service. */
@NullMarked
package io.bluetick.media.limit;

import org.jspecify.annotations.NullMarked;
