package io.bluetick.message.mailbox;

import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.Route;
import java.util.ArrayDeque;
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
  private final Custody custody;
  private final Bounds bounds;
  private final Effects effects;
  private final SeenCounters seen;
  private final SavedRows rows;
  private final Patience patience;
  private final WakeUps wakeUps;
  private final Deque<Stanza> window = new ArrayDeque<>();
  private final Deque<Stanza> tail = new ArrayDeque<>();
  private final Whereabouts where = new Whereabouts();
  private boolean hasDrained;
  private long acknowledged;
  private boolean hasGap = true;
  private long cursor;

  /** The number of the read whose page is awaited, or {@link #NONE}. */
  private long reading = NONE;

  private boolean gapGrew;
  private final Greeting greeting = new Greeting();

  /**
   * A queue, of which it is not known what is in the inbox.
   *
   * @param sinceVersion of the account's list, with which this registration came
   */
  DeviceQueue(DeviceKey key, long sinceVersion, Custody custody, Bounds bounds, Effects effects) {
    this.key = key;
    this.sinceVersion = sinceVersion;
    this.custody = custody;
    this.bounds = bounds;
    this.effects = effects;
    this.seen = new SeenCounters(bounds.senders());
    this.rows = new SavedRows(key, custody, bounds, effects);
    this.patience = new Patience(bounds);
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
    return held() == 0 && reading == NONE && !(hasGap && cursor < acknowledged);
  }

  int held() {
    return window.size() + tail.size();
  }

  long heldBytes() {
    return Stanza.bytes(window) + Stanza.bytes(tail);
  }

  /** Of what is not in the inbox yet. */
  long unsavedBytes() {
    return rows.unsavedBytes(window) + rows.unsavedBytes(tail);
  }

  // ---- What comes ------------------------------------------------------------------------------
  void append(Stanza stanza, long nowMs) {
    rows.came(stanza.sequence(), nowMs);
    addToTail(stanza);
    if (where.route() == null) {
      wakeUps.wake(stanza.priority(), stanza.timeMs(), nowMs);
      if (patience.mayLook(nowMs)) {
        effects.add(new Effect.Look(key.account()));
      }
    }
    advance(nowMs);
  }

  /** What is not kept: to a device that is there, or to nobody. */
  void pass(Delivery content) {
    Route route = where.route();
    if (route != null) {
      effects.add(new Effect.Send(route, 0, 0, content));
    }
  }

  /** Receipts that wait one behind the other are one. */
  private void addToTail(Stanza stanza) {
    Optional<Stanza> merged =
        Optional.ofNullable(tail.peekLast())
            .filter(last -> !rows.isSaving(last))
            .flatMap(last -> stanza.withReceiptsOf(last, bounds.receipts()));
    merged.ifPresent(_ -> tail.removeLast());
    tail.add(merged.orElse(stanza));
  }

  // ---- The device ------------------------------------------------------------------------------

  void online(Route there, long nowMs) {
    if (where.isNews(there)) {
      connected(there, nowMs);
    }
  }

  private void connected(Route there, long nowMs) {
    restart();
    where.at(there);
    hasDrained = false;
    patience.progress(nowMs);
    wakeUps.came();
    advance(nowMs);
  }

  void offline(long ofEpoch, long nowMs) {
    if (where.endsBy(ofEpoch)) {
      away(nowMs);
    }
  }

  private void away(long nowMs) {
    restart();
    where.away();
    greeting.isOwed(false, custody);
    // What came since it connected was perhaps never seen.
    tail.stream()
        .filter(each -> each.timeMs() >= where.epoch() && each.priority() == Priority.URGENT)
        .findFirst()
        .ifPresent(news -> wakeUps.wake(Priority.URGENT, news.timeMs(), nowMs));
  }

  void resume(long ofEpoch, long nowMs) {
    if (where.isPresent(ofEpoch)) {
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
    patience.looked(nowMs);
    if (known == null && where.isGone(lastEpoch)) {
      away(nowMs);
    } else if (known != null && where.isThereAfterAll(known)) {
      connected(known, nowMs);
    }
  }

  void acknowledge(long upTo, long nowMs) {
    if (upTo <= acknowledged) {
      return;
    }
    acknowledged = upTo;
    patience.progress(nowMs);
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
      effects.settled(stanzas.removeFirst(), key);
    }
  }

  private void forget() {
    rows.forget(hasGap ? Math.min(acknowledged, cursor) : acknowledged);
  }

  // ---- Sending ---------------------------------------------------------------------------------

  private void advance(long nowMs) {
    if (hasGap) {
      read();
    }
    Route route = where.route();
    greeting.isOwed(route != null && hasGap && window.isEmpty(), custody);
    if (route == null || hasGap) {
      return;
    }
    while (window.size() < custody.window() && !tail.isEmpty()) {
      send(tail.removeFirst(), nowMs);
    }
    if (!hasDrained && tail.isEmpty()) {
      hasDrained = true;
      effects.caughtUp(route, lastSent());
    }
  }

  private void send(Stanza stanza, long nowMs) {
    Route route = where.route();
    if (route == null || stanza.isExpired(nowMs)) {
      return;
    }
    if (window.isEmpty()) {
      patience.progress(nowMs);
    }
    effects.add(new Effect.Send(route, stanza.sequence(), lastSent(), stanza.content()));
    window.add(stanza);
  }

  private long lastSent() {
    return window.isEmpty() ? 0 : window.getLast().sequence();
  }

  /** A gateway cannot notice that nothing came. */
  void tick(long nowMs) {
    leaveToInbox();
    if (where.route() == null || window.isEmpty()) {
      return;
    }
    if (patience.mustRepeat(nowMs)) {
      repeatLast(nowMs);
    }
    if (patience.mustLook(nowMs)) {
      effects.add(new Effect.Look(key.account()));
    }
  }

  /** The gateway asks for what it misses before it. */
  private void repeatLast(long nowMs) {
    hasDrained = false;
    Stanza last = window.getLast();
    Route route = where.route();
    if (route == null || last.isExpired(nowMs)) {
      restart();
    } else {
      window.removeLast();
      effects.add(new Effect.Send(route, last.sequence(), lastSent(), last.content()));
      window.addLast(last);
    }
    advance(nowMs);
  }

  // ---- The inbox -------------------------------------------------------------------------------

  private void read() {
    boolean isWanted =
        cursor < acknowledged || (where.route() != null && window.size() <= custody.window() / 2);
    if (reading != NONE || !isWanted) {
      return;
    }
    reading = effects.nextRead();
    gapGrew = false;
    long before = tail.isEmpty() ? custody.next(key.account()) : tail.getFirst().sequence();
    int limit = Math.min(bounds.page(), 2 * custody.window());
    effects.add(new Effect.Read(key, cursor, before, limit, reading));
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

  private Taken take(List<Stanza> found, long nowMs) {
    for (Stanza row : found) {
      if (!tail.isEmpty() && row.sequence() >= tail.getFirst().sequence()) {
        return Taken.UP_TO_TAIL; // Saved since it was asked for.
      }
      seen.add(row);
      if (row.sequence() <= acknowledged) {
        effects.settled(row, key);
      } else if (where.route() != null && window.size() < custody.window()) {
        send(row, nowMs);
      } else {
        cursor = Math.max(cursor, acknowledged);
        return Taken.NO_ROOM;
      }
      cursor = row.sequence();
      rows.found(cursor);
    }
    return Taken.ALL;
  }

  /** How much of the log may be given up, as far as this device is concerned. */
  long mayGiveUp(long upTo) {
    return greeting.mayGiveUp(upTo);
  }

  /** What must be in the inbox before the log may be forgotten up to here, and is not. */
  List<Stanza> toSave(long upTo) {
    return rows.toSave(window, tail, upTo);
  }

  void saved(long upTo, int count) {
    rows.saved(upTo, count);
    leaveToInbox();
  }

  /** What is saved and cannot be sent now takes no memory. */
  private void leaveToInbox() {
    if (where.route() != null && !hasGap && window.size() < custody.window()) {
      return;
    }
    for (Iterator<Stanza> left = tail.iterator(); left.hasNext(); ) {
      Stanza stanza = left.next();
      if (!rows.isSaved(stanza)) {
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
  boolean drop(long upTo, long nowMs) {
    if (upTo <= acknowledged || (hasGap && cursor < acknowledged)) {
      return false;
    }
    restart();
    acknowledged = upTo;
    cursor = Math.max(cursor, upTo);
    tail.removeIf(stanza -> stanza.sequence() <= upTo);
    forget();
    advance(nowMs);
    return true;
  }

  /** The device is no more. */
  void end() {
    rows.forgetAll();
  }
}
