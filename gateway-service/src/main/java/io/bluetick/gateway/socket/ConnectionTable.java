package io.bluetick.gateway.socket;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, found by their number. A number is used once in the life of
 * all gateways, as good as: what is addressed to a connection that is gone meets nobody.
 *
 * <pre>
 *   number = salt of this process, 16 bits | loop, 8 bits | serial, 16 bits | slot, 24 bits
 * </pre>
 */
final class ConnectionTable {
  static final int MAX_LOOPS = 1 << 8;

  private static final int SLOT_BITS = 24;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
  private static final int LOOP_SHIFT = 40;
  private static final int FIRST_ROOM = 64;

  private final long prefix;
  private @Nullable SocketConnection[] slots = new SocketConnection[FIRST_ROOM];
  private int[] free = new int[FIRST_ROOM];
  private int freeCount;
  private int used;
  private int serial;

  ConnectionTable(int salt, int loop) {
    this.prefix = ((long) salt << 48) | ((long) loop << LOOP_SHIFT);
  }

  /** Which loop has the connection of this number. */
  static int loopOf(long number) {
    return (int) (number >>> LOOP_SHIFT) & (MAX_LOOPS - 1);
  }

  /** The number that the next connection gets; {@link #put} must follow. */
  long nextNumber() {
    int slot = freeCount > 0 ? free[freeCount - 1] : used;
    return prefix | ((long) (serial & 0xFFFF) << SLOT_BITS) | slot;
  }

  void put(long number, SocketConnection connection) {
    int slot = slot(number);
    if (freeCount > 0) {
      freeCount--;
    } else {
      used++;
    }
    if (slot == slots.length) {
      slots = Arrays.copyOf(slots, Math.min(slots.length * 2, 1 << SLOT_BITS));
    }
    slots[slot] = connection;
    serial++;
  }

  @Nullable SocketConnection get(long number) {
    int slot = slot(number);
    SocketConnection connection = slot < slots.length ? slots[slot] : null;
    return connection != null && connection.number() == number ? connection : null;
  }

  void remove(long number) {
    int slot = slot(number);
    slots[slot] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, free.length * 2);
    }
    free[freeCount++] = slot;
  }

  /** One more than the highest slot that was ever used; see {@link #at}. */
  int range() {
    return used;
  }

  @Nullable SocketConnection at(int slot) {
    return slots[slot];
  }

  int size() {
    return used - freeCount;
  }

  private static int slot(long number) {
    return (int) number & SLOT_MASK;
  }
}
