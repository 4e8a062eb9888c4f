package io.bluetick.session.push;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Settings and devices of the tests. */
public final class PushSamples {
  static final PushSettings PUSHES =
      new PushSettings(
          Duration.ofSeconds(3),
          Duration.ofMinutes(20),
          Duration.ofHours(1),
          1,
          List.of("fcm.googleapis.com"),
          Set.of());

  static final SendingSettings SENDING =
      new SendingSettings(
          2,
          Duration.ofSeconds(10),
          3,
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          3,
          Duration.ofSeconds(5),
          Duration.ofMinutes(1));

  private static final SecureRandom RANDOM = new SecureRandom();

  private PushSamples() {}

  static ScheduleSettings schedule(int shards) {
    return new ScheduleSettings(
        shards, Duration.ofSeconds(1), 100, Duration.ofMinutes(1), Duration.ofSeconds(1), 50, 2);
  }

  public static DeviceAddress device() {
    return new DeviceAddress(AccountId.random(RANDOM), RANDOM.nextInt(128));
  }

  public static Wake urgent(DeviceAddress device, Clock clock) {
    return new Wake(device, Urgency.URGENT, clock.millis());
  }

  public static Wake background(DeviceAddress device, Clock clock) {
    return new Wake(device, Urgency.BACKGROUND, clock.millis());
  }
}
