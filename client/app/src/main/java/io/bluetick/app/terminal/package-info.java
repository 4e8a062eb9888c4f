/** The chat that somebody sits in front of. */
@NullMarked
package io.bluetick.app.terminal;

import org.jspecify.annotations.NullMarked;
