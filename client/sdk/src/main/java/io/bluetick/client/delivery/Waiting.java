package io.bluetick.client.delivery;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Frames that are not accepted yet, in the order of their counters: the first of each counter. A
 * turn asks the store for them once.
 */
final class Waiting {
  private final TreeMap<Long, Long> frames = new TreeMap<>();

  /**
   * A frame of the outbox.
   *
   * @param id its row
   */
  record Frame(long id, long counter) {}

  Waiting(List<Frame> frames) {
    frames.forEach(frame -> this.frames.put(frame.counter(), frame.id()));
  }

  /** A new one. Behind another one of its counter it is not the first. */
  void add(long id, long counter, Turn turn) {
    if (frames.putIfAbsent(counter, id) == null) {
      turn.undo(() -> frames.remove(counter));
    }
  }

  int size() {
    return frames.size();
  }

  List<Frame> first(int limit) {
    return frames.entrySet().stream().limit(limit).map(Waiting::frame).toList();
  }

  private static Frame frame(Map.Entry<Long, Long> entry) {
    return new Frame(entry.getValue(), entry.getKey());
  }
}
