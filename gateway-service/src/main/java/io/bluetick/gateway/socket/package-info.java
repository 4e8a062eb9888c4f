/**
 * The sockets of devices: WebSocket, Noise and frames, from the upgrade of an HTTP connection to
 * its end.
 */
@NullMarked
package io.bluetick.gateway.socket;

import org.jspecify.annotations.NullMarked;
