package io.bluetick.gateway.session;

import io.bluetick.gateway.GatewaySettings;
import io.bluetick.gateway.edge.UpstreamClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses who knows the devices. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
class SessionConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(SessionConfiguration.class);

  @Bean
  Sessions sessions(
      SessionSettings settings,
      GatewaySettings gateway,
      UpstreamClient upstream,
      Clock clock,
      MeterRegistry meters) {
    return switch (settings.source()) {
      case HTTP -> {
        if (settings.secret().isEmpty()) {
          LOG.warn("event=no_internal_secret hint=set_BLUETICK_INTERNAL_SECRET");
        }
        SessionService service = new HttpSessionService(upstream, settings);
        yield new HttpSessions(gateway.node(), service, settings, meters);
      }
      case NONE -> new NoSessions();
      case FIRST_USE -> {
        LOG.warn("event=devices_trusted_on_first_use hint=for_development_only");
        yield new FirstUseSessions(clock, settings.maxDevices());
      }
    };
  }
}
