package io.bluetick.session.directory;

import io.bluetick.directory.DirectoryLimits;
import io.bluetick.directory.DirectoryLink;
import io.bluetick.directory.DirectoryWriter;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The ways to Redis. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DirectorySettings.class)
class DirectoryConfiguration {

  @Bean
  DirectoryLink directoryLink(ClientResources resources, DirectorySettings settings) {
    DirectoryLimits defaults = DirectoryLimits.DEFAULTS;
    DirectoryLimits limits =
        new DirectoryLimits(
            settings.timeout(), settings.timeout(), defaults.waiting(), defaults.leaseAge());
    return new DirectoryLink(resources, RedisURI.create(settings.redis()), limits);
  }

  @Bean
  DirectoryWriter directoryWriter(DirectoryLink link) {
    return new DirectoryWriter(link);
  }

  @Bean
  DeviceChannel deviceChannel(
      ClientResources resources,
      DirectorySettings settings,
      StringRedisTemplate redis,
      KnownAccounts accounts) {
    return new DeviceChannel(resources, settings, redis, accounts);
  }
}
