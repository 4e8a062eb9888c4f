package io.bluetick.session.linking;

import io.bluetick.platform.provision.Backoff;
import io.bluetick.platform.provision.Provision;
import io.bluetick.platform.security.OpenTo;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.http.HttpMethod;

/** What is open, and the one subscription by which an instance learns of answered offers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LinkingSettings.class)
class LinkingConfiguration {

  @Bean
  OpenTo offering() {
    return OpenTo.of(HttpMethod.POST, "/v1/linking/addresses");
  }

  /** The secret is what opens it. */
  @Bean
  OpenTo collecting() {
    return OpenTo.of(HttpMethod.GET, "/v1/linking/addresses/{address}");
  }

  /** Listeners only wake somebody, so they run on the connection's own thread. */
  @Bean
  RedisMessageListenerContainer linkingNotices(RedisConnectionFactory redis, Waiters waiters) {
    RedisMessageListenerContainer notices = new RedisMessageListenerContainer();
    notices.setConnectionFactory(redis);
    notices.setTaskExecutor(Runnable::run);
    notices.setAutoStartup(false);
    notices.addMessageListener(waiters, ChannelTopic.of(Offers.CHANNEL));
    return notices;
  }

  /** In the background, because Redis may be away; until then whoever waits looks for itself. */
  @Bean
  Provision linkingNoticesProvision(RedisMessageListenerContainer linkingNotices) {
    return new Provision("linking-notices", () -> start(linkingNotices), Backoff.AT_START);
  }

  private static void start(RedisMessageListenerContainer notices) {
    try {
      notices.start();
    } catch (RuntimeException e) {
      notices.stop(); // It believes itself running and would do nothing the next time.
      throw e;
    }
  }
}
