package io.bluetick.session.push;

import io.bluetick.protocol.DeviceAddress;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Devices are connected as the test says. */
final class FakeConnections implements Connections {
  private final Map<DeviceAddress, State> states = new ConcurrentHashMap<>();

  void set(DeviceAddress device, State state) {
    states.put(device, state);
  }

  void clear() {
    states.clear();
  }

  @Override
  public Map<DeviceAddress, State> of(Collection<DeviceAddress> devices) {
    return devices.stream()
        .filter(states::containsKey)
        .collect(Collectors.toMap(device -> device, states::get));
  }
}
