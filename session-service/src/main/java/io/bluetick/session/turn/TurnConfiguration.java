package io.bluetick.session.turn;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TurnSettings.class)
class TurnConfiguration {

  @Bean
  TurnCredentials turnCredentials(TurnSettings settings, Clock clock) {
    return new TurnCredentials(settings, clock, new SecureRandom());
  }
}
