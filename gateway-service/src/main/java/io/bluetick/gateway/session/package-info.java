/** Who may connect, and which connection of a device is the present one. */
@NullMarked
package io.bluetick.gateway.session;

import org.jspecify.annotations.NullMarked;
