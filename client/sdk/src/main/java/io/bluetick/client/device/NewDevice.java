package io.bluetick.client.device;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.noise.StaticKeys;
import java.net.URI;

/**
 * A device before it belongs to an account.
 *
 * @param identity libsignal's identity key pair
 */
public record NewDevice(URI server, ByteString serverKey, ByteString identity, StaticKeys noise) {

  @Override
  public String toString() {
    return "NewDevice";
  }
}
