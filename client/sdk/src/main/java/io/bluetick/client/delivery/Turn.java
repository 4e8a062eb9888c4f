package io.bluetick.client.delivery;

import java.util.ArrayList;
import java.util.List;

/**
 * What a turn of the loop leads to once its transaction is committed: nothing is acknowledged, sent
 * or told that could still be forgotten.
 */
final class Turn {
  private final List<Runnable> after = new ArrayList<>();
  private final List<ClientEvent> events = new ArrayList<>();
  private final List<Runnable> undone = new ArrayList<>();

  /** A place to go back to. */
  record Mark(int after, int events, int undone) {}

  void after(Runnable effect) {
    after.add(effect);
  }

  void tell(ClientEvent event) {
    events.add(event);
  }

  /** What is to be undone in memory if the store forgets this. */
  void undo(Runnable step) {
    undone.add(step);
  }

  Mark mark() {
    return new Mark(after.size(), events.size(), undone.size());
  }

  /** Forgets what came since the mark. */
  void back(Mark mark) {
    after.subList(mark.after(), after.size()).clear();
    events.subList(mark.events(), events.size()).clear();
    List<Runnable> steps = undone.subList(mark.undone(), undone.size());
    steps.reversed().forEach(Runnable::run);
    steps.clear();
  }

  List<Runnable> effects() {
    return after;
  }

  List<ClientEvent> events() {
    return events;
  }
}
