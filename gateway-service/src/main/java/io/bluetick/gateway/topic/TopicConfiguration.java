package io.bluetick.gateway.topic;

import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.TopicSpec;
import io.bluetick.protocol.Topics;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;

/** The two topics that the sockets write to. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PackingSettings.class)
class TopicConfiguration {

  @Bean
  PackedTopic mailboxTopic(
      TopicPlan plan,
      KafkaSettings kafka,
      ProducerFactory<byte[], byte[]> producers,
      PackingSettings settings,
      MeterRegistry meters) {
    return packed(Topics.MAILBOX, plan, kafka, producers, settings, meters);
  }

  @Bean
  PackedTopic presenceTopic(
      TopicPlan plan,
      KafkaSettings kafka,
      ProducerFactory<byte[], byte[]> producers,
      PackingSettings settings,
      MeterRegistry meters) {
    return packed(Topics.PRESENCE, plan, kafka, producers, settings, meters);
  }

  private static PackedTopic packed(
      TopicSpec spec,
      TopicPlan plan,
      KafkaSettings kafka,
      ProducerFactory<byte[], byte[]> producers,
      PackingSettings settings,
      MeterRegistry meters) {
    DistributionSummary records =
        DistributionSummary.builder("bluetick.topic.records")
            .description("Records that Kafka took, and their bytes")
            .tag("topic", spec.name())
            .baseUnit("bytes")
            .register(meters);
    PackedTopic topic =
        new PackedTopic(
            plan.name(spec),
            kafka.partitions(),
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
