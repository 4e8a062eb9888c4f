package io.bluetick.session.push;

import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.Topics;
import io.bluetick.session.secret.MasterKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/** Push tokens, the schedule of wake-ups, and the reader that fills it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PushSettings.class, ScheduleSettings.class, SendingSettings.class})
class PushConfiguration {
  private static final String READERS = "session-push";

  /** A topic that is made after the reader began must not stay unseen for minutes. */
  private static final int METADATA_AGE_MS = 5_000;

  @Bean
  Tokens pushTokens(JdbcClient sql, MasterKey key, Clock clock) {
    return new PostgresTokens(sql, key.seal("push-token"), clock);
  }

  @Bean
  PushHosts pushHosts(PushSettings settings) {
    return new PushHosts(settings.webHosts(), settings.privateHosts());
  }

  @Bean
  PushMetrics pushMetrics(MeterRegistry meters) {
    return new PushMetrics(meters);
  }

  @Bean
  Courier.Context courierContext(
      PushSettings pushes, SendingSettings sending, Clock clock, PushMetrics metrics) {
    // No bean of its own: Spring Boot would take it for the executor of the application.
    Executor executor = task -> Thread.ofVirtual().name("push-send").start(task);
    return new Courier.Context(pushes, sending, clock, metrics, executor);
  }

  @Bean
  Courier pushCourier(
      ObjectProvider<Connections> connections,
      Tokens tokens,
      ObjectProvider<PushSender> senders,
      Courier.Context context) {
    return new Courier(
        connections.getIfAvailable(Connections::none),
        tokens,
        new Senders(senders.stream().toList()),
        context);
  }

  @Bean
  WakeUps wakeUps(
      StringRedisTemplate redis,
      Courier courier,
      PushSettings pushes,
      ScheduleSettings schedule,
      Clock clock,
      PushMetrics metrics) {
    return new WakeUps(
        new RedisSchedule(redis, pushes, schedule, clock),
        new LocalSchedule(pushes, schedule, clock),
        courier,
        schedule,
        clock,
        metrics);
  }

  @Bean
  WakeUpTicker wakeUpTicker(WakeUps wakeUps, ScheduleSettings schedule) {
    return new WakeUpTicker(wakeUps, schedule.poll());
  }

  @Bean
  WakeUpReader wakeUpReader(WakeUps wakeUps, Clock clock, PushMetrics metrics) {
    return new WakeUpReader(wakeUps, clock, metrics);
  }

  @Bean
  ConcurrentMessageListenerContainer<byte[], byte[]> wakeUpReaders(
      KafkaProperties kafka,
      KafkaSettings deployment,
      TopicPlan plan,
      WakeUpReader reader,
      PushSettings settings,
      ScheduleSettings schedule) {
    Map<String, Object> config = new HashMap<>(kafka.buildConsumerProperties());
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_AGE_MS);
    ContainerProperties properties = new ContainerProperties(plan.name(Topics.PUSH));
    properties.setGroupId(deployment.topicPrefix() + READERS);
    properties.setAckMode(ContainerProperties.AckMode.MANUAL);
    properties.setMessageListener(reader);
    var readers =
        new ConcurrentMessageListenerContainer<byte[], byte[]>(
            new DefaultKafkaConsumerFactory<>(config), properties);
    readers.setConcurrency(settings.consumers());
    // It is never passed over: what was sent of it is collapsed when it comes again.
    readers.setCommonErrorHandler(
        new DefaultErrorHandler(
            new FixedBackOff(schedule.redisPause().toMillis(), FixedBackOff.UNLIMITED_ATTEMPTS)));
    return readers;
  }
}
