package io.bluetick.session;

import io.bluetick.platform.kafka.TopicsInUse;
import io.bluetick.protocol.Topics;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The session service: accounts, devices, keys and tokens. */
@SpringBootApplication
public class SessionApplication {

  public static void main(String[] args) {
    SpringApplication.run(SessionApplication.class, args);
  }

  @Bean
  TopicsInUse topicsInUse() {
    return TopicsInUse.of(Topics.MAILBOX, Topics.ACCOUNTS, Topics.PUSH);
  }
}
