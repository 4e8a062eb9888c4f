/** JSON lines by default, plain text for people; the ready line. */
@NullMarked
package io.bluetick.platform.logging;

import org.jspecify.annotations.NullMarked;
