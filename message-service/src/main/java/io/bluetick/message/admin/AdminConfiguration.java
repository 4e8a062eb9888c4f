package io.bluetick.message.admin;

import io.bluetick.message.owner.MailboxGroup;
import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Topics;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Lets endpoints take ids in paths, and knows whose partitions they show. */
@Configuration(proxyBeanMethods = false)
class AdminConfiguration implements WebMvcConfigurer {

  @Override
  public void addFormatters(FormatterRegistry registry) {
    registry.addConverter(String.class, AccountId.class, AccountId::parse);
  }

  @Bean
  OwnedLog ownedLog(Admin admin, TopicPlan plan, KafkaSettings kafka) {
    return new OwnedLog(
        admin, plan.name(Topics.MAILBOX), kafka.partitions(), MailboxGroup.name(kafka));
  }
}
