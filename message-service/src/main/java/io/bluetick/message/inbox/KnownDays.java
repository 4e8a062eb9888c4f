package io.bluetick.message.inbox;

import io.bluetick.message.mailbox.DeviceKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which entries of the table of days need not be written again: those of today and yesterday that
 * were written here within a day. Older ones are removed by whoever finds their day empty.
 */
final class KnownDays {
  private static final long REMEMBERED_MS = Duration.ofDays(1).toMillis();

  private final Map<Bucket, Long> writtenMs;

  KnownDays(int limit) {
    writtenMs =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Bucket, Long> eldest) {
            return size() > limit;
          }
        };
  }

  synchronized boolean isWritten(Bucket bucket, long nowMs) {
    Long sinceMs = writtenMs.get(bucket);
    return sinceMs != null && nowMs - sinceMs < REMEMBERED_MS && isRecent(bucket.day(), nowMs);
  }

  synchronized void written(Bucket bucket, long nowMs) {
    if (isRecent(bucket.day(), nowMs)) {
      writtenMs.put(bucket, nowMs);
    }
  }

  synchronized void forget(DeviceKey device, long nowMs) {
    int today = Bucket.dayOf(nowMs);
    writtenMs.remove(new Bucket(device, today));
    writtenMs.remove(new Bucket(device, today - 1));
  }

  /** Today or yesterday. */
  static boolean isRecent(int day, long nowMs) {
    int today = Bucket.dayOf(nowMs);
    return day == today || day == today - 1;
  }
}
