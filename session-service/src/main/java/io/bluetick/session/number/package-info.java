/** Phone numbers: checked when they come in, hashed and sealed when they are kept. */
@NullMarked
package io.bluetick.session.number;

import org.jspecify.annotations.NullMarked;
