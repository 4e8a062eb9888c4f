package io.bluetick.gateway.session;

import com.google.protobuf.ByteString;
import java.security.MessageDigest;
import java.util.Arrays;

/** A device's public static key: its credential. */
public final class StaticKey {
  private final byte[] bytes;

  public StaticKey(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  ByteString toByteString() {
    return ByteString.copyFrom(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StaticKey key && MessageDigest.isEqual(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "StaticKey";
  }
}
