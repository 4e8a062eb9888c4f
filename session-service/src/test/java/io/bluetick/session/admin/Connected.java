package io.bluetick.session.admin;

import io.bluetick.session.account.LiveSessions;
import io.bluetick.session.account.LiveSessions.Live;
import java.util.Map;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The primary of every account is connected. */
@TestConfiguration(proxyBeanMethods = false)
class Connected {
  @Bean
  @Primary
  LiveSessions connected() {
    return _ -> Map.of(0, new Live("gateway-7", 17));
  }
}
