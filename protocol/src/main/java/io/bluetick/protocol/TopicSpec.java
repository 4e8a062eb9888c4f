package io.bluetick.protocol;

import java.time.Duration;

/**
 * What a Kafka topic must be, whichever service provisions it.
 *
 * @param name without the prefix that a deployment may put in front
 * @param scale how many partitions
 * @param retention how long a record may stay before the broker forgets it
 * @param segment how long the broker appends to one file; only closed files are deleted, so this is
 *     what makes the retention true
 */
public record TopicSpec(String name, Scale scale, Duration retention, Duration segment) {

  /** How the number of partitions is chosen. */
  public enum Scale {
    /** Keyed by account or group: as many as the deployment sets (8 on a laptop, 256 and more). */
    BY_ACCOUNT,
    /** One reader, one order: a single partition. */
    SINGLE
  }

  public TopicSpec {
    if (!name.matches("[a-z0-9._-]{1,200}")) {
      throw new IllegalArgumentException("not a topic name: " + name);
    }
    if (segment.compareTo(retention) > 0) {
      throw new IllegalArgumentException("segments of " + name + " outlive its retention");
    }
  }
}
