package io.bluetick.presence;

import io.bluetick.platform.kafka.TopicsInUse;
import io.bluetick.protocol.Topics;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The presence service: online, last seen, typing. */
@SpringBootApplication
public class PresenceApplication {

  public static void main(String[] args) {
    SpringApplication.run(PresenceApplication.class, args);
  }

  @Bean
  TopicsInUse topicsInUse() {
    return TopicsInUse.of(Topics.PRESENCE);
  }
}
