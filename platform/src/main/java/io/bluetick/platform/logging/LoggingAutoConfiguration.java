package io.bluetick.platform.logging;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** What the platform logs of its own accord. */
@AutoConfiguration
public class LoggingAutoConfiguration {

  @Bean
  ReadyLine readyLine(Environment environment) {
    return new ReadyLine(environment);
  }
}
