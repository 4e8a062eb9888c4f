/** The real processes, started and stopped as a user does it. */
@NullMarked
package io.bluetick.e2e;

import org.jspecify.annotations.NullMarked;
