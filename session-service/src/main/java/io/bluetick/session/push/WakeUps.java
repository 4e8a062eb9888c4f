package io.bluetick.session.push;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Brings wake-ups into the schedule, and what is due to the courier.
 *
 * <h2>While Redis is away</h2>
 *
 * A person waits for an urgent wake-up, so these go by a schedule of this instance. Nobody waits
 * for a background one, and sending it without knowing when the last one went would use up what
 * Apple grants to an app; so these wait here, one for each device, until Redis is back. As long as
 * any waits nothing that was read is committed: if this instance dies, another one reads it again.
 * Reading goes on for the sake of the urgent ones, until too much waits.
 */
final class WakeUps {
  private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);

  private final Schedule shared;
  private final Schedule local;
  private final Courier courier;
  private final ScheduleSettings settings;
  private final Clock clock;
  private final PushMetrics metrics;
  private final Map<Wake.Key, Wake> parked = new HashMap<>();
  private Instant awayUntil = Instant.MIN;
  private boolean away;

  /** More waits for Redis than may. */
  static final class TooManyParkedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyParkedException() {
      super("too many wake-ups wait for Redis");
    }
  }

  WakeUps(
      Schedule shared,
      Schedule local,
      Courier courier,
      ScheduleSettings settings,
      Clock clock,
      PushMetrics metrics) {
    this.shared = shared;
    this.local = local;
    this.courier = courier;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Takes wake-ups in, of which all of one device and urgency are collapsed already.
   *
   * @return whether nothing waits that only this instance knows of
   */
  boolean take(Collection<Wake> wakes) {
    Optional<List<Claim>> claims = admitShared(wakes);
    if (claims.isPresent()) {
      courier.deliver(shared, claims.get());
      unpark();
    } else {
      List<Wake> urgent = wakes.stream().filter(w -> w.urgency() == Urgency.URGENT).toList();
      courier.deliver(local, local.admit(urgent));
      park(wakes);
    }
    return isNothingParked();
  }

  /** To be called again and again. */
  void tick() {
    Schedule.Due here = local.due();
    courier.deliver(local, here.claims());
    if (isLeftAlone() || !unpark()) {
      return;
    }
    Schedule.Due due;
    try {
      due = shared.due();
    } catch (DataAccessException e) {
      failed(e);
      return;
    }
    metrics.scheduled(due.waiting() + here.waiting());
    courier.deliver(shared, due.claims());
  }

  /** Empty if Redis did not take them. */
  private Optional<List<Claim>> admitShared(Collection<Wake> wakes) {
    if (isLeftAlone()) {
      return Optional.empty();
    }
    try {
      List<Claim> claims = shared.admit(wakes);
      recovered();
      return Optional.of(claims);
    } catch (DataAccessException e) {
      failed(e);
      return Optional.empty();
    }
  }

  private synchronized void park(Collection<Wake> wakes) {
    for (Wake wake : wakes) {
      if (wake.urgency() == Urgency.BACKGROUND) {
        if (parked.size() >= settings.parkedLimit() && !parked.containsKey(wake.key())) {
          throw new TooManyParkedException();
        }
        parked.merge(wake.key(), wake, Wake::newest);
      }
    }
  }

  /** False if Redis did not take what waits for it. */
  private boolean unpark() {
    List<Wake> wakes;
    synchronized (this) {
      wakes = List.copyOf(parked.values());
    }
    if (wakes.isEmpty()) {
      return true;
    }
    Optional<List<Claim>> claims = admitShared(wakes);
    if (claims.isEmpty()) {
      return false;
    }
    synchronized (this) {
      wakes.forEach(wake -> parked.remove(wake.key(), wake));
    }
    courier.deliver(shared, claims.get());
    return true;
  }

  private synchronized boolean isNothingParked() {
    return parked.isEmpty();
  }

  private synchronized boolean isLeftAlone() {
    return clock.instant().isBefore(awayUntil);
  }

  private synchronized void failed(DataAccessException failure) {
    awayUntil = clock.instant().plus(settings.redisPause());
    if (!away) {
      away = true;
      LOG.warn("event=push_schedule_away cause={}", failure.toString());
    }
  }

  private synchronized void recovered() {
    if (away) {
      away = false;
      LOG.info("event=push_schedule_back");
    }
  }
}
