package io.bluetick.session.secret;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One for all: their memory adds up. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SlowHashSettings.class)
class SlowHashConfiguration {

  @Bean
  SlowHash slowHash(SlowHashSettings settings) {
    return new SlowHash(settings);
  }
}
