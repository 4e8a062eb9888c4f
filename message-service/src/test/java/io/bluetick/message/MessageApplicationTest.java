package io.bluetick.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
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

@Backends({Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS})
@ServiceTest
class MessageApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("kafka", "cassandra", "mailboxes");
  }

  @Test
  void its_topics_are_there(@Autowired Admin admin, @Autowired TopicPlan plan) {
    List<String> names =
        List.<TopicSpec>of(Topics.MAILBOX, Topics.MAILBOX_DEAD, Topics.PUSH).stream()
            .map(plan::name)
            .toList();
    await()
        .atMost(READY_LIMIT)
        .untilAsserted(() -> assertThat(admin.listTopics().names().get()).containsAll(names));
  }

  @Test
  void its_keyspace_knows_its_migrations(@Autowired CqlSession session) {
    assertThat(session.execute("SELECT * FROM schema_migrations").all()).isNotNull();
  }
}
