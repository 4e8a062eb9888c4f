package io.bluetick.gateway.outbound;

import io.bluetick.gateway.GatewaySettings;
import io.bluetick.gateway.limit.RedisLink;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** This gateway's topic: read by it, alive while it is, and the way to the other ones. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
class OutboundConfiguration {
  /** Below that of the sockets' drain: what it needs begins before it and ends after it. */
  static final int PHASE = Integer.MAX_VALUE - 1_000;

  private static final int MAX_BLOCK_MS = 500;

  @Bean
  OutboundReader outboundReader(
      GatewaySettings gateway,
      TopicPlan plan,
      ConsumerFactory<byte[], byte[]> consumers,
      Deliveries deliveries,
      OutboundSettings settings,
      Clock clock,
      MeterRegistry meters) {
    String topic = plan.name(Topics.outbound(gateway.node()));
    return new OutboundReader(topic, consumers, deliveries, settings, clock, meters);
  }

  @Bean
  KafkaNeighbours neighbours(TopicPlan plan, ProducerFactory<byte[], byte[]> producers) {
    Map<String, Object> config = new HashMap<>(producers.getConfigurationProperties());
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "neighbours");
    return new KafkaNeighbours(plan, new KafkaProducer<>(config));
  }

  @Bean
  Leases leases(RedisLink redis) {
    return new RedisLeases(redis);
  }

  @Bean
  NodeKeeper.Outlets outlets(GatewaySettings gateway, KafkaNeighbours neighbours, Routes routes) {
    return new NodeKeeper.Outlets(() -> neighbours.beat(gateway.node()), routes);
  }

  @Bean
  NodeKeeper nodeKeeper(
      GatewaySettings gateway,
      TopicPlan plan,
      Leases leases,
      Admin admin,
      OutboundSettings settings,
      Clock clock,
      NodeKeeper.Outlets outlets) {
    return new NodeKeeper(
        gateway.node(), plan.name(Topics.outbound("")), leases, admin, settings, clock, outlets);
  }
}
