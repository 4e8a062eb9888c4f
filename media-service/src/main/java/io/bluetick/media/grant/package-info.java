/** Who may put and get which blob. */
@NullMarked
package io.bluetick.media.grant;

import org.jspecify.annotations.NullMarked;
