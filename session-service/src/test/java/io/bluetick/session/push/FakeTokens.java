package io.bluetick.session.push;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.dao.QueryTimeoutException;

/** Push tokens in a map. */
final class FakeTokens implements Tokens {
  private final Map<DeviceAddress, Stored> tokens = new HashMap<>();
  private int puts;
  private boolean away;

  synchronized void away(boolean isAway) {
    away = isAway;
  }

  @Override
  public synchronized boolean put(DeviceAddress device, int registration, PushToken token) {
    tokens.put(device, new Stored(token, ByteString.copyFromUtf8("stamp" + puts++)));
    return true;
  }

  @Override
  public synchronized void remove(DeviceAddress device) {
    tokens.remove(device);
  }

  @Override
  public synchronized void remove(DeviceAddress device, Stored stored) {
    tokens.remove(device, stored);
  }

  @Override
  public synchronized Map<DeviceAddress, Stored> of(Collection<DeviceAddress> devices) {
    if (away) {
      throw new QueryTimeoutException("away");
    }
    return devices.stream()
        .filter(tokens::containsKey)
        .collect(Collectors.toMap(device -> device, tokens::get));
  }
}
