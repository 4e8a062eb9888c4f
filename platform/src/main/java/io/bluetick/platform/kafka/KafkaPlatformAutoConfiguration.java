package io.bluetick.platform.kafka;

import io.bluetick.platform.health.HealthSettings;
import io.bluetick.platform.health.RememberedHealth;
import io.bluetick.platform.provision.Backoff;
import io.bluetick.platform.provision.Provision;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

/** Kafka for services that declare {@link TopicsInUse}. */
@AutoConfiguration(
    afterName = "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration")
@ConditionalOnClass({Admin.class, KafkaProperties.class})
@ConditionalOnBean(TopicsInUse.class)
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaPlatformAutoConfiguration {

  /** The one admin client of the process: provisioning and health share its connection. */
  @Bean(destroyMethod = "close")
  Admin kafkaAdminClient(KafkaProperties properties) {
    return Admin.create(properties.buildAdminProperties());
  }

  @Bean
  TopicPlan topicPlan(KafkaSettings settings) {
    return new TopicPlan(settings);
  }

  @Bean
  Provision topicProvision(Admin admin, TopicPlan plan, TopicsInUse topics) {
    return new Provision("topics", new TopicProvisioner(admin, plan, topics), Backoff.AT_START);
  }

  @Bean
  HealthIndicator kafkaHealthIndicator(
      Admin admin, Provision topicProvision, HealthSettings settings, Clock clock) {
    return new RememberedHealth(
        new KafkaHealth(admin, topicProvision, settings.timeout()), settings.remember(), clock);
  }
}
