package io.bluetick.message.mailbox;

import io.bluetick.protocol.v1.CaughtUp;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one device, in the order of the log:
 *
 * <pre>
 *   settled | window: sent, not acknowledged | gap: rows of the inbox alone | tail: not sent
 *           ^ acknowledged                   ^ cursor                       ^ newest
 * </pre>
 *
 * <p><b>Gap.</b> Whoever takes a queue over does not know whether rows are there, so a queue begins
 * with a gap; it is closed by reading its end. What is saved and cannot be sent soon leaves the
 * tail for the gap. While there is a gap, all of the window is saved: so the window can be dropped
 * and read again when the device connects anew.
 *
 * <p><b>Settling.</b> What is acknowledged leads to a receipt, and its row is forgotten after that.
 * So rows in the gap are read even if they are acknowledged already.
 */
final class DeviceQueue {
  private static final long NONE = 0;

  private final DeviceKey key;
  private final long sinceVersion;
  private final Bounds bounds;
  private final Effects effects;
  private final SeenCounters seen;
  private final Deque<Stanza> window = new ArrayDeque<>();
  private final Deque<Stanza> tail = new ArrayDeque<>();

  private final Custody custody;

  private @Nullable Route route;
  private long epoch;

  /** Its gateway said that the connection is gone, whatever the directory still says. */
  private long closedEpoch;

  private boolean hasDrained;

  private long acknowledged;
  private long forgotten;
  private boolean hasGap = true;
  private long cursor;

  /** In memory all up to here is in the inbox too; no more than that was handed over for saving. */
  private long savedUpTo;

  private long savingUpTo;

  /** No row is newer. */
  private long rowsUpTo;

  /** The number of the read whose page is awaited, or {@link #NONE}. */
  private long reading = NONE;

  private boolean gapGrew;
  private long rowsSinceMeasure;
  private boolean isMeasured;

  /**
   * The device is there and was sent nothing, so nothing will be heard of it: whoever takes the
   * partition over must read the command that this began with.
   */
  private long owedSince = NONE;

  private long progressMs;
  private long repeatedMs;
  private long lookedMs;
  private final WakeUps wakeUps;

  /**
   * A queue, of which it is not known what is in the inbox.
   *
   * @param sinceVersion of the account's list, with which this registration came
   */
  DeviceQueue(DeviceKey key, long sinceVersion, Custody custody, Bounds bounds, Effects effects) {
    this.key = key;
    this.sinceVersion = sinceVersion;
    this.rowsUpTo = custody.endOfLog();
    this.custody = custody;
    this.bounds = bounds;
    this.effects = effects;
    this.seen = new SeenCounters(bounds.senders());
    this.wakeUps = new WakeUps(key, bounds, effects);
  }

  DeviceKey key() {
    return key;
  }

  long sinceVersion() {
    return sinceVersion;
  }

  SeenCounters seen() {
    return seen;
  }

  /** Nothing would be lost but the memory of counters. */
  boolean isIdle() {
    return window.isEmpty()
        && tail.isEmpty()
        && reading == NONE
        && !(hasGap && cursor < acknowledged);
  }

  boolean isOnline() {
    return route != null;
  }

  int held() {
    return window.size() + tail.size();
  }

  // ---- What comes ------------------------------------------------------------------------------

  void append(Stanza stanza, long nowMs) {
    if (custody.isSuspect(nowMs)) {
      rowsUpTo = Math.max(rowsUpTo, stanza.sequence());
    }
    if (!mergedIntoLast(stanza)) {
      tail.add(stanza);
    }
    if (route == null) {
      wakeUps.wake(stanza.priority(), stanza.timeMs(), nowMs);
      lookAgain(nowMs, lookedMs);
    }
    advance(nowMs);
  }

  /** What is not kept: to a device that is there, or to nobody. */
  void pass(Delivery content) {
    if (route != null) {
      effects.add(new Effect.Send(route, 0, 0, content));
    }
  }

  /** Receipts that wait one behind the other are one. */
  private boolean mergedIntoLast(Stanza stanza) {
    Stanza last = tail.peekLast();
    if (last == null || last.sequence() <= savingUpTo) {
      return false;
    }
    Optional<Stanza> merged = stanza.withReceiptsOf(last, bounds.receipts());
    merged.ifPresent(both -> {
      tail.removeLast();
      tail.add(both);
    });
    return merged.isPresent();
  }

  // ---- The device ------------------------------------------------------------------------------

  /** Of an older session nothing is heard any more. */
  void online(Route route, long nowMs) {
    if (route.getEpoch() > epoch) {
      connected(route, nowMs);
    }
  }

  private void connected(Route route, long nowMs) {
    restart();
    this.route = route;
    epoch = route.getEpoch();
    hasDrained = false;
    progressMs = nowMs;
    wakeUps.came();
    advance(nowMs);
  }

  void offline(long ofEpoch, long nowMs) {
    closedEpoch = Math.max(closedEpoch, ofEpoch);
    if (ofEpoch == epoch && route != null) {
      away(nowMs);
    }
  }

  private void away(long nowMs) {
    restart();
    route = null;
    owedSince = NONE;
    // What came since it connected was perhaps never seen. An epoch is not before its session.
    for (Stanza stanza : tail) {
      if (stanza.timeMs() >= epoch && stanza.priority() == Priority.URGENT) {
        wakeUps.wake(Priority.URGENT, stanza.timeMs(), nowMs);
        return;
      }
    }
  }

  void resume(long ofEpoch, long nowMs) {
    if (ofEpoch == epoch && route != null) {
      restart();
      hasDrained = false; // It may have been what the gateway could not write.
      advance(nowMs);
    }
  }

  /**
   * What the directory knows of the device.
   *
   * @param known where it is, if anywhere
   */
  void look(@Nullable Route known, long lastEpoch, long nowMs) {
    lookedMs = nowMs;
    if (known == null && lastEpoch >= epoch && route != null) {
      away(nowMs);
    }
    if (known != null
        && known.getEpoch() > closedEpoch
        && (known.getEpoch() > epoch || (known.getEpoch() == epoch && route == null))) {
      connected(known, nowMs);
    }
  }

  void acknowledge(long upTo, long nowMs) {
    if (upTo <= acknowledged) {
      return;
    }
    acknowledged = upTo;
    progressMs = nowMs;
    settle(window);
    settle(tail);
    forget();
    advance(nowMs);
  }

  /** All that is sent is sent again, from the inbox if there is a gap behind it. */
  private void restart() {
    if (hasGap) {
      cursor = window.isEmpty() ? cursor : window.getFirst().sequence() - 1;
      window.clear();
    } else {
      while (!window.isEmpty()) {
        tail.addFirst(window.removeLast());
      }
    }
    reading = NONE;
  }

  private void settle(Deque<Stanza> stanzas) {
    while (!stanzas.isEmpty() && stanzas.getFirst().sequence() <= acknowledged) {
      settle(stanzas.removeFirst());
    }
  }

  private void settle(Stanza stanza) {
    if (stanza.content().hasMessage()) {
      DeviceKey sender = DeviceKey.of(stanza.content().getMessage().getFrom());
      if (!sender.account().equals(key.account())) {
        effects.received(sender, key, stanza.content().getMessage().getCounter());
      }
    }
  }

  private void forget() {
    long upTo = hasGap ? Math.min(acknowledged, cursor) : acknowledged;
    if (upTo > forgotten && forgotten < rowsUpTo) {
      effects.forget(key, upTo);
    }
    forgotten = Math.max(forgotten, upTo);
  }

  // ---- Sending ---------------------------------------------------------------------------------

  private void advance(long nowMs) {
    if (hasGap) {
      read();
    }
    boolean isOwed = route != null && hasGap && window.isEmpty();
    owedSince = !isOwed ? NONE : owedSince == NONE ? custody.handledUpTo() : owedSince;
    if (route == null || hasGap) {
      return;
    }
    while (window.size() < bounds.window() && !tail.isEmpty()) {
      send(tail.removeFirst(), nowMs);
    }
    if (!hasDrained && tail.isEmpty()) {
      hasDrained = true;
      Delivery drained = Delivery.newBuilder().setDrained(CaughtUp.getDefaultInstance()).build();
      effects.add(new Effect.Send(route, 0, lastSent(), drained));
    }
  }

  private void send(Stanza stanza, long nowMs) {
    if (route == null || stanza.isExpired(nowMs)) {
      return;
    }
    if (window.isEmpty()) {
      progressMs = nowMs;
    }
    effects.add(new Effect.Send(route, stanza.sequence(), lastSent(), stanza.content()));
    window.add(stanza);
  }

  private long lastSent() {
    return window.isEmpty() ? 0 : window.getLast().sequence();
  }

  /** A gateway cannot notice that nothing came, and nobody notices that a gateway is gone. */
  void tick(long nowMs) {
    if (route == null || window.isEmpty()) {
      return;
    }
    long silentMs = nowMs - Math.max(progressMs, repeatedMs);
    if (silentMs >= bounds.resend().toMillis()) {
      repeatedMs = nowMs;
      repeatLast(nowMs);
    }
    lookAgain(nowMs, Math.max(progressMs, lookedMs));
  }

  /** The gateway asks for what it misses before it. */
  private void repeatLast(long nowMs) {
    hasDrained = false;
    Stanza last = window.getLast();
    if (route == null || last.isExpired(nowMs)) {
      restart();
    } else {
      window.removeLast();
      effects.add(new Effect.Send(route, last.sequence(), lastSent(), last.content()));
      window.addLast(last);
    }
    advance(nowMs);
  }

  private void lookAgain(long nowMs, long sinceMs) {
    if (nowMs - sinceMs >= bounds.look().toMillis()) {
      effects.add(new Effect.Look(key.account()));
      lookedMs = nowMs;
    }
  }

  // ---- The inbox -------------------------------------------------------------------------------

  private void read() {
    boolean isWanted =
        cursor < acknowledged || (route != null && window.size() <= bounds.window() / 2);
    if (reading != NONE || !isWanted) {
      return;
    }
    reading = effects.nextRead();
    gapGrew = false;
    long before = tail.isEmpty() ? custody.handledUpTo() + 1 : tail.getFirst().sequence();
    effects.add(new Effect.Read(key, cursor, before, bounds.page(), reading));
  }

  void page(Outcome.Page page, long nowMs) {
    if (page.number() != reading) {
      return;
    }
    reading = NONE;
    switch (take(page.rows(), nowMs)) {
      case ALL -> hasGap = !page.isLast() || gapGrew;
      case UP_TO_TAIL -> hasGap = false;
      case NO_ROOM -> {}
    }
    forget();
    advance(nowMs);
  }

  private enum Taken {
    ALL,
    UP_TO_TAIL,
    NO_ROOM
  }

  private Taken take(List<Stanza> rows, long nowMs) {
    for (Stanza row : rows) {
      if (!tail.isEmpty() && row.sequence() >= tail.getFirst().sequence()) {
        return Taken.UP_TO_TAIL; // Saved since it was asked for.
      }
      remember(row);
      if (row.sequence() <= acknowledged) {
        settle(row);
      } else if (route != null && window.size() < bounds.window()) {
        send(row, nowMs);
      } else {
        cursor = Math.max(cursor, acknowledged);
        return Taken.NO_ROOM;
      }
      cursor = row.sequence();
      savedUpTo = Math.max(savedUpTo, cursor);
      savingUpTo = Math.max(savingUpTo, cursor);
      rowsUpTo = Math.max(rowsUpTo, cursor);
    }
    return Taken.ALL;
  }

  private void remember(Stanza row) {
    if (row.content().hasMessage()) {
      DeviceKey sender = DeviceKey.of(row.content().getMessage().getFrom());
      var _ = seen.add(sender, row.content().getMessage().getCounter());
    }
  }

  /** How much of the log may be given up, as far as this device is concerned. */
  long mayGiveUp(long upTo) {
    return owedSince == NONE ? upTo : Math.min(upTo, owedSince - 1);
  }

  /** What must be in the inbox before the log may be forgotten up to here, and is not. */
  List<Stanza> toSave(long upTo) {
    List<Stanza> stanzas = new ArrayList<>();
    addUnsaved(window, upTo, stanzas);
    addUnsaved(tail, upTo, stanzas);
    if (!stanzas.isEmpty()) {
      savingUpTo = stanzas.getLast().sequence();
      rowsUpTo = Math.max(rowsUpTo, savingUpTo);
    }
    return stanzas;
  }

  private void addUnsaved(Iterable<Stanza> held, long upTo, List<Stanza> stanzas) {
    for (Stanza stanza : held) {
      if (stanza.sequence() > upTo) {
        return;
      }
      if (stanza.sequence() > savingUpTo) {
        stanzas.add(stanza);
      }
    }
  }

  void saved(long upTo, int rows) {
    savedUpTo = Math.max(savedUpTo, upTo);
    rowsSinceMeasure += rows;
    boolean isCompanion = key.device() != 0;
    if (isCompanion && rows > 0 && (!isMeasured || rowsSinceMeasure >= bounds.measureEvery())) {
      isMeasured = true;
      rowsSinceMeasure = 0;
      int limit = bounds.companionRows();
      effects.add(new Effect.Measure(key, limit, limit - limit / 10));
    }
    if (route == null || window.size() >= bounds.window()) {
      leaveToInbox();
    }
  }

  private void leaveToInbox() {
    for (Iterator<Stanza> left = tail.iterator(); left.hasNext(); ) {
      Stanza stanza = left.next();
      if (stanza.sequence() > savedUpTo) {
        return;
      }
      if (!hasGap) {
        hasGap = true;
        cursor = window.isEmpty() ? stanza.sequence() - 1 : lastSent();
      }
      gapGrew = true;
      left.remove();
    }
  }

  /**
   * Gives the oldest up, without receipts.
   *
   * @return whether it did; not while receipts of what the device has are still to be told
   */
  boolean drop(long upTo) {
    if (upTo <= acknowledged || (hasGap && cursor < acknowledged)) {
      return false;
    }
    restart();
    acknowledged = upTo;
    cursor = Math.max(cursor, upTo);
    tail.removeIf(stanza -> stanza.sequence() <= upTo);
    forget();
    return true;
  }

  /** The device is no more. */
  void end() {
    effects.forget(key, Long.MAX_VALUE);
  }
}
