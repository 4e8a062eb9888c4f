/** Who may call: signing keys, access tokens, the refresh tokens of devices, operators. */
@NullMarked
package io.bluetick.session.token;

import org.jspecify.annotations.NullMarked;
