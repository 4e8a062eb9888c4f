package io.bluetick.client.chat;

import java.util.Arrays;

/** How far a message came. Ticks only go forward. */
public enum Tick {
  /** Nobody took it: it was given up. */
  FAILED(-1, "✗"),
  /** Not on the server yet. */
  WAITING(0, "…"),
  /** One grey tick: durable on the server. */
  ACCEPTED(1, "✓"),
  /** Two grey ticks: on a device of its recipient. */
  DELIVERED(2, "✓✓"),
  /** Blue. */
  READ(3, "✓✓"),
  /** A voice note was heard, or what is shown once was seen. */
  PLAYED(4, "✓✓");

  private final int column;
  private final String mark;

  Tick(int column, String mark) {
    this.column = column;
    this.mark = mark;
  }

  /** As it is drawn; a blue one has the same mark as a grey one. */
  public String mark() {
    return mark;
  }

  /** As the store has it. */
  public int column() {
    return column;
  }

  /** What {@link #column} gave. */
  public static Tick of(int column) {
    return Arrays.stream(values())
        .filter(tick -> tick.column == column)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no tick is " + column));
  }
}
