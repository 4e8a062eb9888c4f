/** Keys, seals and signatures. */
@NullMarked
package io.bluetick.session.secret;

import org.jspecify.annotations.NullMarked;
