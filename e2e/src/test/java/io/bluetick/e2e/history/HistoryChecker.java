package io.bluetick.e2e.history;

import io.bluetick.e2e.history.Violation.Kind;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.ReceiptKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a history against what is promised, once everything has come to rest.
 *
 * <ul>
 *   <li>What was sent is ticked, and shown by every device that it was sent to.
 *   <li>No device shows a message twice, or one that is another's.
 *   <li>A device shows the messages of one sending device in the order of their counters. A repair
 *       comes late, and is outside of this order.
 *   <li>Its sender hears of each other account's device that shows or has read it, and not before.
 * </ul>
 */
final class HistoryChecker {
  private final Map<MessageId, Story> stories = new LinkedHashMap<>();
  private final Map<Lane, Long> lastShown = new HashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  private HistoryChecker() {}

  static List<Violation> check(List<History.Entry> history) {
    HistoryChecker checker = new HistoryChecker();
    history.forEach(entry -> checker.take(entry.event()));
    checker.stories.forEach(checker::atRest);
    return List.copyOf(checker.violations);
  }

  /** From one sending device, in one of its lives, to one device. */
  private record Lane(DeviceAddress from, int registration, DeviceAddress at) {}

  /** What is known of one message. */
  private static final class Story {
    final Set<DeviceAddress> sentTo = new HashSet<>();
    final Set<DeviceAddress> repairedFor = new HashSet<>();
    final Set<DeviceAddress> gone = new HashSet<>();
    final Set<DeviceAddress> shown = new HashSet<>();
    final Set<DeviceAddress> read = new HashSet<>();
    final Map<ReceiptKind, Set<DeviceAddress>> receipts = new HashMap<>();
    boolean isTicked;
    boolean isRefused;

    Set<DeviceAddress> receiptsOf(ReceiptKind kind) {
      return receipts.getOrDefault(kind, Set.of());
    }
  }

  private void take(Event event) {
    MessageId id = event.message();
    Story story = stories.computeIfAbsent(id, _ -> new Story());
    switch (event) {
      case Event.Sent sent -> story.sentTo.addAll(sent.to());
      case Event.Repaired repaired -> {
        story.sentTo.addAll(repaired.to());
        story.repairedFor.addAll(repaired.to());
      }
      case Event.Gone gone -> story.gone.add(gone.device());
      case Event.Ticked _ -> story.isTicked = true;
      case Event.Refused refused -> {
        story.isRefused = true;
        violate(id, Kind.REFUSED, refused.code());
      }
      case Event.Shown shown -> shown(story, shown);
      case Event.Read read -> story.read.add(read.at());
      case Event.Receipted receipted -> receipted(story, receipted);
    }
  }

  private void shown(Story story, Event.Shown shown) {
    MessageId id = shown.message();
    DeviceAddress at = shown.at();
    if (!story.sentTo.contains(at) || !shown.text().equals(id.textFor(at))) {
      violate(id, Kind.SHOWN_WRONGLY, "at %s: %s".formatted(MessageId.brief(at), shown.text()));
    }
    if (!story.shown.add(at)) {
      violate(id, Kind.SHOWN_TWICE, "at " + MessageId.brief(at));
    } else if (!story.repairedFor.contains(at)) {
      Lane lane = new Lane(id.from(), id.registration(), at);
      long last = lastShown.merge(lane, id.counter(), Math::max);
      if (last > id.counter()) {
        violate(id, Kind.OUT_OF_ORDER, "at %s after #%d".formatted(MessageId.brief(at), last));
      }
    }
  }

  private void receipted(Story story, Event.Receipted receipted) {
    story.receipts.computeIfAbsent(receipted.kind(), _ -> new HashSet<>()).add(receipted.by());
    Set<DeviceAddress> basis = receipted.kind() == ReceiptKind.DELIVERED ? story.shown : story.read;
    if (!basis.contains(receipted.by())) {
      violate(receipted.message(), Kind.FALSE_RECEIPT, receipted.describe());
    }
  }

  private void atRest(MessageId id, Story story) {
    if (story.sentTo.isEmpty()) {
      violate(id, Kind.NEVER_SENT, "");
      return;
    }
    if (story.isRefused) {
      return;
    }
    if (!story.isTicked) {
      violate(id, Kind.NEVER_TICKED, "");
    }
    Set<DeviceAddress> expected = new HashSet<>(story.sentTo);
    expected.removeAll(story.gone);
    for (DeviceAddress at : without(expected, story.shown)) {
      violate(id, Kind.LOST, "at " + MessageId.brief(at));
    }
    for (ReceiptKind kind : List.of(ReceiptKind.DELIVERED, ReceiptKind.READ)) {
      Set<DeviceAddress> due = kind == ReceiptKind.DELIVERED ? story.shown : story.read;
      for (DeviceAddress at : without(due, story.receiptsOf(kind))) {
        // An account's own devices get copies of which nobody needs to hear.
        if (!at.account().equals(id.from().account())) {
          violate(id, Kind.MISSING_RECEIPT, "%s by %s".formatted(kind, MessageId.brief(at)));
        }
      }
    }
  }

  private static Set<DeviceAddress> without(Set<DeviceAddress> all, Set<DeviceAddress> some) {
    Set<DeviceAddress> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private void violate(MessageId id, Kind kind, String detail) {
    violations.add(new Violation(id, kind, detail));
  }
}
