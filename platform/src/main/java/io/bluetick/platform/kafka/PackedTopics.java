package io.bluetick.platform.kafka;

import io.bluetick.protocol.TopicSpec;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.kafka.core.ProducerFactory;

/** Opens the partitioned topics that a service writes to, with their metrics. */
public final class PackedTopics {
  private final TopicPlan plan;
  private final ProducerFactory<byte[], byte[]> producers;
  private final PackingSettings settings;
  private final MeterRegistry meters;

  public PackedTopics(
      TopicPlan plan,
      ProducerFactory<byte[], byte[]> producers,
      PackingSettings settings,
      MeterRegistry meters) {
    this.plan = plan;
    this.producers = producers;
    this.settings = settings;
    this.meters = meters;
  }

  public PackedTopic open(TopicSpec spec) {
    DistributionSummary records =
        DistributionSummary.builder("bluetick.topic.records")
            .description("Records that Kafka took, and their bytes")
            .tag("topic", spec.name())
            .baseUnit("bytes")
            .register(meters);
    PackedTopic topic =
        new PackedTopic(
            plan.name(spec),
            plan.partitions(spec),
            producers::createNonTransactionalProducer,
            settings,
            records::record);
    Gauge.builder("bluetick.topic.waiting", topic, PackedTopic::waitingBytes)
        .description("Bytes that wait for Kafka")
        .tag("topic", spec.name())
        .baseUnit("bytes")
        .register(meters);
    return topic;
  }
}
