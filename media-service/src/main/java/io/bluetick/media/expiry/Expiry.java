package io.bluetick.media.expiry;

import io.bluetick.media.bucket.Blobs;
import io.bluetick.media.bucket.RetentionSettings;
import io.bluetick.protocol.BluetickException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Deletes blobs whose time is over, the oldest days first. One process at a time does: not because
 * two could do harm, but because their calls would be for nothing. Nobody waits for it: what is too
 * old is refused by its date already.
 */
final class Expiry {
  private static final Logger LOG = LoggerFactory.getLogger(Expiry.class);

  private final Blobs blobs;
  private final RetentionSettings retention;
  private final ExpirySettings settings;
  private final Lease lease;
  private final Clock clock;
  private final Counter expired;

  Expiry(
      Blobs blobs,
      RetentionSettings retention,
      ExpirySettings settings,
      Lease lease,
      Clock clock,
      MeterRegistry meters) {
    this.blobs = blobs;
    this.retention = retention;
    this.settings = settings;
    this.lease = lease;
    this.clock = clock;
    this.expired = meters.counter("bluetick.media.expired");
  }

  /** Once, unless another process is at it. What it does not get to is for the next run. */
  void run() {
    try {
      if (lease.take()) {
        try {
          sweep();
        } finally {
          lease.release();
        }
      }
    } catch (BluetickException e) {
      LOG.warn("event=expiry_stopped code={}", e.code().slug());
    } catch (DataAccessException e) {
      LOG.warn("event=expiry_without_lease reason={}", e.getClass().getSimpleName());
    }
  }

  private void sweep() {
    // Half of the lease: a page that is under way then ends within the other half.
    Instant end = clock.instant().plus(settings.lease().dividedBy(2));
    LocalDate firstKept = retention.firstKept(clock);
    int left = settings.batch();
    int deleted = 0;
    for (LocalDate day : blobs.days()) {
      boolean hasMore = day.isBefore(firstKept);
      while (hasMore && left > 0 && clock.instant().isBefore(end)) {
        Blobs.Deletion page = blobs.deleteSome(day, Math.min(left, settings.page()));
        hasMore = page.found() > 0;
        left -= page.found();
        deleted += page.deleted();
        expired.increment(page.deleted());
      }
    }
    if (deleted > 0) {
      LOG.info("event=blobs_expired count={}", deleted);
    }
    if (deleted < settings.batch() - left) {
      LOG.warn("event=blobs_not_deleted count={}", settings.batch() - left - deleted);
    }
  }
}
