package io.bluetick.message;

import io.bluetick.platform.kafka.TopicsInUse;
import io.bluetick.protocol.Topics;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The message service: mailboxes and the offline queue. */
@SpringBootApplication
public class MessageApplication {

  public static void main(String[] args) {
    SpringApplication.run(MessageApplication.class, args);
  }

  @Bean
  TopicsInUse topicsInUse() {
    return TopicsInUse.of(Topics.MAILBOX, Topics.MAILBOX_DEAD, Topics.PUSH);
  }
}
