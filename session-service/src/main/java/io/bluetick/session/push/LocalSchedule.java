package io.bluetick.session.push;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A schedule of this instance alone, for the time in which Redis is away. All wake-ups of a device
 * come to one instance, which therefore collapses them nearly as well. It remembers a bounded
 * number of devices; beyond it wake-ups are sent at once, each of them.
 */
final class LocalSchedule implements Schedule {
  private final Map<Wake.Key, Entry> entries = new HashMap<>();
  private final PushSettings pushes;
  private final Duration lease;
  private final int limit;
  private final Clock clock;

  LocalSchedule(PushSettings pushes, ScheduleSettings settings, Clock clock) {
    this.pushes = pushes;
    this.lease = settings.lease();
    this.limit = settings.localLimit();
    this.clock = clock;
  }

  @Override
  public synchronized List<Claim> admit(Collection<Wake> wakes) {
    Instant now = clock.instant();
    List<Claim> claims = new ArrayList<>();
    for (Wake wake : wakes) {
      Entry entry = entry(wake.key(), now);
      if (entry == null || entry.admit(wake, now, now.plus(lease))) {
        claims.add(new Claim(wake, 0));
      }
    }
    return claims;
  }

  @Override
  public synchronized Due due() {
    Instant now = clock.instant();
    List<Claim> claims = new ArrayList<>();
    long waiting = 0;
    for (Entry entry : entries.values()) {
      Wake wake = entry.waiting;
      if (wake != null) {
        waiting++;
        if (!entry.due.isAfter(now)) {
          entry.due = now.plus(lease);
          claims.add(new Claim(wake, entry.attempts));
        }
      }
    }
    return new Due(claims, waiting);
  }

  @Override
  public synchronized void sent(Claim claim) {
    Duration interval = pushes.interval(claim.wake().urgency());
    end(claim, clock.instant().plus(interval));
  }

  @Override
  public synchronized void settled(Claim claim) {
    end(claim, Instant.MIN);
  }

  @Override
  public synchronized void later(Claim claim, Instant due, int attempts) {
    Entry entry = entries.get(claim.wake().key());
    if (entry != null && entry.waiting != null) {
      entry.due = due;
      entry.attempts = attempts;
    }
  }

  private void end(Claim claim, Instant quietUntil) {
    Entry entry = entries.get(claim.wake().key());
    if (entry != null) {
      entry.end(claim.wake(), quietUntil);
    }
  }

  /** Null when there is no room. */
  private @Nullable Entry entry(Wake.Key key, Instant now) {
    Entry known = entries.get(key);
    if (known != null) {
      return known;
    }
    if (entries.size() >= limit) {
      entries.values().removeIf(entry -> entry.waiting == null && entry.quietUntil.isBefore(now));
    }
    if (entries.size() >= limit) {
      return null;
    }
    Entry fresh = new Entry();
    entries.put(key, fresh);
    return fresh;
  }

  /** Of one device and urgency. */
  private static final class Entry {
    private @Nullable Wake waiting;
    private Instant due = Instant.MIN;
    private int attempts;
    private Instant quietUntil = Instant.MIN;
    private long coveredMs = -1;

    /** Whether it is to be sent at once. */
    boolean admit(Wake wake, Instant now, Instant leaseEnd) {
      if (wake.timeMs() <= coveredMs) {
        return false;
      }
      if (waiting != null) {
        waiting = waiting.newest(wake);
        return false;
      }
      waiting = wake;
      attempts = 0;
      boolean isQuiet = quietUntil.isAfter(now);
      due = isQuiet ? quietUntil : leaseEnd;
      return !isQuiet;
    }

    void end(Wake ended, Instant newQuietUntil) {
      quietUntil = newQuietUntil.isAfter(quietUntil) ? newQuietUntil : quietUntil;
      coveredMs = Math.max(coveredMs, ended.timeMs());
      attempts = 0;
      due = quietUntil;
      if (waiting != null && waiting.timeMs() <= coveredMs) {
        waiting = null;
      }
    }
  }
}
