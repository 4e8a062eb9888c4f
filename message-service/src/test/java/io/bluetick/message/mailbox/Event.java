package io.bluetick.message.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What can happen in a world, and how often beside the others. */
enum Event {
  WRITE(16),
  SUBMIT(10),
  CONNECT(8),
  DISCONNECT(4),
  POLL(16),
  READ_OUTBOUND(10),
  ACKNOWLEDGE(8),
  TRANSMIT(14),
  ANSWER(6),
  CHECKPOINT(10),
  FLUSH_SOME(3),
  REPLACE_OWNER(2),
  RESTART_GATEWAY(1),
  LINK(1),
  UNLINK(1),
  LEAP(1),
  CALL(1),
  EVICT(1),
  TICK(1);

  private static final int[] FACTORS = {1, 4, 4, 16};

  private final int usually;

  Event(int usually) {
    this.usually = usually;
  }

  /** Every world has its own: some things happen hardly ever there, others all the time. */
  static List<Event> habits(SplittableRandom random) {
    List<Event> habits = new ArrayList<>();
    for (Event event : values()) {
      int often = event.usually * FACTORS[random.nextInt(FACTORS.length)];
      for (int i = 0; i < often; i++) {
        habits.add(event);
      }
    }
    return habits;
  }
}
