/** One connection to a gateway: WebSocket, Noise, frames. */
@NullMarked
package io.bluetick.client.socket;

import org.jspecify.annotations.NullMarked;
