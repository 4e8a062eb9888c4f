package io.bluetick.gateway;

import io.bluetick.platform.kafka.TopicsInUse;
import io.bluetick.protocol.Topics;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The gateway service: the edge of Bluetick. */
@SpringBootApplication
@EnableConfigurationProperties(GatewaySettings.class)
public class GatewayApplication {

  public static void main(String[] args) {
    SpringApplication.run(GatewayApplication.class, args);
  }

  @Bean
  TopicsInUse topicsInUse(GatewaySettings settings) {
    return TopicsInUse.of(Topics.MAILBOX, Topics.PRESENCE, Topics.outbound(settings.node()));
  }
}
