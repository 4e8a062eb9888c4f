/** Accounts and their devices. */
@NullMarked
package io.bluetick.session.account;

import org.jspecify.annotations.NullMarked;
