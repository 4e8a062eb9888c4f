package io.bluetick.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.TopicSpec;
import io.bluetick.protocol.Topics;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@Backends({Backend.KAFKA, Backend.REDIS})
@ServiceTest
class GatewayApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("kafka");
  }

  @Test
  void its_topics_are_there(@Autowired Admin admin, @Autowired TopicPlan plan) {
    List<String> names =
        List.<TopicSpec>of(Topics.MAILBOX, Topics.PRESENCE, Topics.outbound("g1")).stream()
            .map(plan::name)
            .toList();
    await()
        .atMost(READY_LIMIT)
        .untilAsserted(() -> assertThat(admin.listTopics().names().get()).containsAll(names));
  }
}
