/** Accounts, devices, keys and tokens. */
@NullMarked
package io.bluetick.session;

import org.jspecify.annotations.NullMarked;
