/** What leaves the program: text that cannot harm a terminal, and JSON for scripts. */
@NullMarked
package io.bluetick.app.output;

import org.jspecify.annotations.NullMarked;
