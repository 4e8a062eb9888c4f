package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to begin a session with a device.
 *
 * @param oneTime absent when the device has none left
 */
public record Bundle(
    DeviceAddress device,
    int registration,
    ByteString identity,
    Signed signed,
    Signed kyber,
    @Nullable OneTime oneTime) {

  /** A key that the device's identity key signed. */
  public record Signed(int id, ByteString key, ByteString signature) {}

  /** A key that is used once. */
  public record OneTime(int id, ByteString key) {}
}
