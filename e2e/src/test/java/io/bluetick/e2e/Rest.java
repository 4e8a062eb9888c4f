package io.bluetick.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.e2e.device.TestDevice;
import io.bluetick.e2e.history.History;
import io.bluetick.e2e.history.Violation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The state in which every promise has been kept. */
final class Rest {
  private static final Duration POLL = Duration.ofMillis(200);

  private Rest() {}

  /** Waits until nothing is under way, and fails with the whole story if that takes too long. */
  static void await(History history, Collection<TestDevice> devices, Duration limit) {
    try {
      Awaitility.await()
          .atMost(limit)
          .pollInterval(POLL)
          .until(() ->
              devices.stream().allMatch(TestDevice::isAtRest) && history.violations().isEmpty());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not at rest after " + limit + "\n" + story(history, devices), e);
    }
    assertThat(history.faults()).as(history.report(List.of())).isZero();
  }

  private static String story(History history, Collection<TestDevice> devices) {
    List<Violation> violations = history.violations();
    return devices.stream().map(TestDevice::toString).collect(Collectors.joining("\n"))
        + "\n"
        + history.report(violations);
  }
}
