package io.bluetick.client.socket;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import java.net.URI;
import java.time.Duration;

/**
 * Whom to call, and as whom.
 *
 * @param serverKey that is pinned
 * @param acknowledged up to here the store has all
 * @param attempt the number of this connection
 * @param limit until the session must be open
 */
public record Dial(
    URI server,
    ByteString serverKey,
    DeviceAddress device,
    StaticKeys keys,
    long acknowledged,
    long attempt,
    Duration limit) {

  @Override
  public String toString() {
    return "Dial[" + device + " at " + server + "]";
  }
}
