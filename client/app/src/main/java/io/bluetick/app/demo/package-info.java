/** A walk through what Bluetick does: two devices talk, side by side. */
@NullMarked
package io.bluetick.app.demo;

import org.jspecify.annotations.NullMarked;
