/** The command line: what is typed after {@code ./bluetick chat}. */
@NullMarked
package io.bluetick.app.command;

import org.jspecify.annotations.NullMarked;
