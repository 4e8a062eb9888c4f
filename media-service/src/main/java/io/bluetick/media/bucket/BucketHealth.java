package io.bluetick.media.bucket;

import io.bluetick.platform.provision.Provision;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up when the store answers and the bucket is there. */
final class BucketHealth extends AbstractHealthIndicator {
  private final Bucket bucket;
  private final Provision provision;
  private final Duration timeout;

  BucketHealth(Bucket bucket, Provision provision, Duration timeout) {
    super("s3 does not answer");
    this.bucket = bucket;
    this.provision = provision;
    this.timeout = timeout;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    switch (provision.state()) {
      case Provision.State.Pending(String reason) -> builder.down().withDetail("bucket", reason);
      case Provision.State.Done() -> {
        bucket.check(timeout);
        builder.up();
      }
    }
  }
}
