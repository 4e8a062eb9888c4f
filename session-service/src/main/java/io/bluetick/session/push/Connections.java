package io.bluetick.session.push;

import io.bluetick.protocol.DeviceAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Which devices are connected. Until a bean of this type exists, nobody is: then each wake-up is
 * sent, some of them needlessly.
 */
@FunctionalInterface
public interface Connections {

  /** A device of which nothing is known is not in the answer. */
  Map<DeviceAddress, State> of(Collection<DeviceAddress> devices);

  /** What is known of a device. */
  sealed interface State {
    /** It has a connection now. */
    record Connected() implements State {}

    /** It has none now; the last one began at this time. */
    record Away(Instant connectedAt) implements State {}
  }

  static Connections none() {
    return _ -> Map.of();
  }
}
