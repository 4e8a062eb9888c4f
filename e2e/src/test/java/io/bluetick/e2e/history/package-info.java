/** What devices sent and saw, and whether that is what was promised. */
@NullMarked
package io.bluetick.e2e.history;

import org.jspecify.annotations.NullMarked;
