package io.bluetick.gateway.topic;

import io.bluetick.platform.kafka.PackedTopic;
import io.bluetick.platform.kafka.PackedTopics;
import io.bluetick.platform.kafka.PackingSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.Topics;
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
  PackedTopics packedTopics(
      TopicPlan plan,
      ProducerFactory<byte[], byte[]> producers,
      PackingSettings settings,
      MeterRegistry meters) {
    return new PackedTopics(plan, producers, settings, meters);
  }

  @Bean
  PackedTopic mailboxTopic(PackedTopics topics) {
    return topics.open(Topics.MAILBOX);
  }

  @Bean
  PackedTopic presenceTopic(PackedTopics topics) {
    return topics.open(Topics.PRESENCE);
  }
}
