/**
 * How a companion comes to an account: it leaves its public keys at an address that it shows to the
 * primary, the primary signs them into its list, and the companion is told at the address.
 */
@NullMarked
package io.bluetick.session.linking;

import org.jspecify.annotations.NullMarked;
