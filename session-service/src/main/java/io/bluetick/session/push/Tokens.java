package io.bluetick.session.push;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import java.util.Collection;
import java.util.Map;

/** The push tokens of devices: one each, the one that it told last. */
interface Tokens {

  /** False if this registration is no longer the device's. */
  boolean put(DeviceAddress device, int registration, PushToken token);

  void remove(DeviceAddress device);

  /** Removes it unless the device has told another one since. */
  void remove(DeviceAddress device, Stored stored);

  /** A device that has none is not in the answer. */
  Map<DeviceAddress, Stored> of(Collection<DeviceAddress> devices);

  /**
   * A token as it was found.
   *
   * @param stamp differs whenever it was told anew
   */
  record Stored(PushToken token, ByteString stamp) {}
}
