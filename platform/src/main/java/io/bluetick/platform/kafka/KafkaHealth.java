package io.bluetick.platform.kafka;

import io.bluetick.platform.provision.Provision;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up when a broker answers and the topics in use are what they must be. */
final class KafkaHealth extends AbstractHealthIndicator {
  private final Admin admin;
  private final Provision topics;
  private final Duration timeout;

  KafkaHealth(Admin admin, Provision topics, Duration timeout) {
    super("kafka does not answer");
    this.admin = admin;
    this.topics = topics;
    this.timeout = timeout;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) throws Exception {
    switch (topics.state()) {
      case Provision.State.Pending(String reason) -> builder.down().withDetail("topics", reason);
      case Provision.State.Done() -> {
        int timeoutMs = Math.toIntExact(timeout.toMillis());
        var options = new DescribeClusterOptions().timeoutMs(timeoutMs);
        String cluster =
            admin.describeCluster(options).clusterId().get(timeoutMs, TimeUnit.MILLISECONDS);
        builder.up().withDetail("cluster", cluster);
      }
    }
  }
}
