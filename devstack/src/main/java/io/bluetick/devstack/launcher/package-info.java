/** The launcher behind the ./bluetick script. */
@NullMarked
package io.bluetick.devstack.launcher;

import org.jspecify.annotations.NullMarked;
