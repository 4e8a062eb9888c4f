package io.bluetick.message.inbox;

import com.datastax.oss.driver.api.core.CqlSession;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The inbox over the session whose keyspace is migrated. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(InboxSettings.class)
class InboxConfiguration {

  @Bean
  Inbox inbox(CqlSession session, InboxSettings settings, MeterRegistry meters) {
    return new CassandraInbox(session, settings, meters);
  }
}
