package io.bluetick.message.mailbox;

import io.bluetick.protocol.v1.Priority;

/** One for a device that is away, and again only after something new, and not at once. */
final class WakeUps {
  private final DeviceKey device;
  private final long pauseMs;
  private final Effects effects;
  private long wokenMs;
  private Priority wokenFor = Priority.EPHEMERAL;

  WakeUps(DeviceKey device, Bounds bounds, Effects effects) {
    this.device = device;
    this.pauseMs = bounds.wakeAgain().toMillis();
    this.effects = effects;
  }

  /** The device is there: the next time that it is away is another. */
  void came() {
    wokenMs = 0;
    wokenFor = Priority.EPHEMERAL;
  }

  /** Something came at this time. */
  void wake(Priority priority, long timeMs, long nowMs) {
    boolean isMoreUrgent = priority.compareTo(wokenFor) < 0;
    boolean isUrgentAgain = priority == Priority.URGENT && nowMs - wokenMs >= pauseMs;
    if (isMoreUrgent || isUrgentAgain) {
      wokenMs = nowMs;
      wokenFor = priority;
      effects.add(new Effect.Wake(device, priority, timeMs));
    }
  }
}
