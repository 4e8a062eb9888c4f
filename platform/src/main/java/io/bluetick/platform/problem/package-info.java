/** Every error, on both web stacks, as one problem document (RFC 9457). */
@NullMarked
package io.bluetick.platform.problem;

import org.jspecify.annotations.NullMarked;
