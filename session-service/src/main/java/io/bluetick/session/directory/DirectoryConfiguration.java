package io.bluetick.session.directory;

import io.bluetick.directory.Directory;
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
    return new DirectoryLink(resources, RedisURI.create(settings.redis()), limits(settings));
  }

  /** Lists that Redis does not know are known here. */
  @Bean
  LiveDevices liveDevices(DirectoryLink link, KnownAccounts accounts, DirectorySettings settings) {
    return new LiveDevices(new Directory(link, accounts::lists, limits(settings)));
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

  private static DirectoryLimits limits(DirectorySettings settings) {
    DirectoryLimits defaults = DirectoryLimits.DEFAULTS;
    return new DirectoryLimits(
        settings.timeout(), settings.timeout(), defaults.waiting(), defaults.leaseAge());
  }
}
