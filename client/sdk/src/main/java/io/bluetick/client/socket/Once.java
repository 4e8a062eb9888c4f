package io.bluetick.client.socket;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something that happens once, whoever comes first. */
final class Once {
  private final AtomicBoolean happened = new AtomicBoolean();

  boolean first() {
    return happened.compareAndSet(false, true);
  }

  boolean isOver() {
    return happened.get();
  }
}
