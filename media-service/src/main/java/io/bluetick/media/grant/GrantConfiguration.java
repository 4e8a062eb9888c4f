package io.bluetick.media.grant;

import io.bluetick.media.bucket.Blobs;
import io.bluetick.media.bucket.Links;
import io.bluetick.media.bucket.RetentionSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GrantConfiguration {

  @Bean
  Grants grants(
      Blobs blobs, Links links, RetentionSettings retention, GrantSettings settings, Clock clock) {
    return new Grants(blobs, links, retention, settings, clock);
  }
}
