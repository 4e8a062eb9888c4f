/** Online, last seen, typing. */
@NullMarked
package io.bluetick.presence;

import org.jspecify.annotations.NullMarked;
