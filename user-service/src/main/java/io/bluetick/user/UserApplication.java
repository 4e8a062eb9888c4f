package io.bluetick.user;

import io.bluetick.platform.kafka.TopicsInUse;
import io.bluetick.protocol.Topics;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The user service: profiles, contacts, blocks, groups. */
@SpringBootApplication
public class UserApplication {

  public static void main(String[] args) {
    SpringApplication.run(UserApplication.class, args);
  }

  @Bean
  TopicsInUse topicsInUse() {
    return TopicsInUse.of(Topics.MAILBOX);
  }
}
