package io.bluetick.client.signal;

import java.util.Arrays;

/** What the user makes of an account's present key. */
public enum Trust {
  /** Safety numbers were not compared, or that was taken back. Messages go out all the same. */
  UNVERIFIED(0),
  /** They were compared. */
  VERIFIED(1),
  /**
   * They were compared, and the key is another since. Nothing goes out until they are compared
   * again, or the user trusts the new key without that.
   */
  HELD(2);

  private final int column;

  Trust(int column) {
    this.column = column;
  }

  /** As the store has it. */
  public int column() {
    return column;
  }

  static Trust of(int column) {
    return Arrays.stream(values())
        .filter(trust -> trust.column == column)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no trust is " + column));
  }

  /** What is left of it when the key becomes another. */
  Trust afterChange() {
    return switch (this) {
      case UNVERIFIED -> UNVERIFIED;
      case VERIFIED, HELD -> HELD;
    };
  }
}
