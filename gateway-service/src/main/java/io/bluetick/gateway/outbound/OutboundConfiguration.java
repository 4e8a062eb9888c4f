package io.bluetick.gateway.outbound;

import io.bluetick.gateway.GatewaySettings;
import io.bluetick.gateway.limit.RedisLink;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** This gateway's topic: read by it, alive while it is, and the way to the other ones. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OutboundSettings.class)
class OutboundConfiguration {

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
    return new KafkaNeighbours(plan, producers.createNonTransactionalProducer());
  }

  @Bean
  Leases leases(RedisLink redis) {
    return new RedisLeases(redis);
  }

  @Bean
  NodeKeeper nodeKeeper(
      GatewaySettings gateway,
      TopicPlan plan,
      Leases leases,
      Admin admin,
      OutboundSettings settings,
      Clock clock) {
    return new NodeKeeper(
        gateway.node(), plan.name(Topics.outbound("")), leases, admin, settings, clock);
  }
}
