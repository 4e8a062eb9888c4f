/** Credentials for the TURN server that relays calls. */
@NullMarked
package io.bluetick.session.turn;

import org.jspecify.annotations.NullMarked;
