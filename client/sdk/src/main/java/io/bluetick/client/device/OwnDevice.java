package io.bluetick.client.device;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import java.net.URI;

/**
 * This device, registered.
 *
 * @param serverKey of the Noise channel, pinned when the device was made
 * @param registration part of the ids of its messages
 * @param identity libsignal's identity key pair
 * @param noise what it connects with
 */
public record OwnDevice(
    URI server,
    ByteString serverKey,
    DeviceAddress address,
    int registration,
    ByteString identity,
    StaticKeys noise) {

  @Override
  public String toString() {
    return "OwnDevice[" + address + "]";
  }
}
