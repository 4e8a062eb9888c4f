/** How messages leave and come: the one thread that owns the store and the connection. */
@NullMarked
package io.bluetick.client.delivery;

import org.jspecify.annotations.NullMarked;
