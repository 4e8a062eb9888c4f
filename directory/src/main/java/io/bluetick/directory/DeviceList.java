package io.bluetick.directory;

import io.bluetick.protocol.v1.KnownDevices;

/** An account's devices as they are written to Redis: encoded once, sent with every opening. */
public final class DeviceList {
  private final long version;
  private final byte[] bytes;

  public DeviceList(KnownDevices devices) {
    if (devices.getVersion() < 1 || devices.getVersion() >= DirectoryFormat.GONE_VERSION) {
      throw new IllegalArgumentException("no list has the version " + devices.getVersion());
    }
    this.version = devices.getVersion();
    this.bytes = devices.toByteArray();
  }

  public long version() {
    return version;
  }

  byte[] bytes() {
    return bytes;
  }
}
