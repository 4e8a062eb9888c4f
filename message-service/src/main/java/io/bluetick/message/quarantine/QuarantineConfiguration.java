package io.bluetick.message.quarantine;

import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** The quarantine, with a producer of its own: what is rare waits for no batch of others. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuarantineSettings.class)
class QuarantineConfiguration {

  /** Bytes that are fetched at once: it is rarely read, and then by few. */
  private static final int FETCH_BYTES = 4 << 20;

  /** No bean: Spring Boot would leave out its own, which is for the commands of devices. */
  static DefaultKafkaProducerFactory<byte[], byte[]> producers(KafkaProperties kafka) {
    Map<String, Object> config = new HashMap<>(kafka.buildProducerProperties());
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
    return new DefaultKafkaProducerFactory<>(
        config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Bean
  CommandLog commandLog(KafkaProperties kafka, TopicPlan plan, QuarantineSettings settings) {
    return new CommandLog(
        plan.name(Topics.MAILBOX),
        plan.name(Topics.MAILBOX_DEAD),
        producers(kafka),
        settings.patience());
  }

  @Bean
  KafkaQuarantine quarantine(
      CommandLog log, QuarantineSettings settings, Clock clock, MeterRegistry meters) {
    return new KafkaQuarantine(log, settings, clock, meters);
  }

  @Bean
  QuarantineLog quarantineLog(
      KafkaProperties kafka,
      KafkaSettings deployment,
      TopicPlan plan,
      CommandLog log,
      QuarantineSettings settings,
      Clock clock) {
    Map<String, Object> config = new HashMap<>(kafka.buildConsumerProperties());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    return new QuarantineLog(
        new TopicPartition(plan.name(Topics.MAILBOX_DEAD), 0),
        () -> new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        log,
        deployment.partitions(),
        settings,
        clock);
  }
}
