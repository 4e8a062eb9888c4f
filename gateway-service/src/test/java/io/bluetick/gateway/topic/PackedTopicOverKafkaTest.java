package io.bluetick.gateway.topic;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.KafkaForTests;
import io.bluetick.platform.kafka.CommandTopic;
import io.bluetick.platform.kafka.PackedTopic;
import io.bluetick.platform.kafka.PackingSettings;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

@Backends(Backend.KAFKA)
class PackedTopicOverKafkaTest extends CommandTopicContract {
  private static final int PARTITIONS = 4;
  private static final PackingSettings SETTINGS =
      new PackingSettings(
          65_536, 4_096, Duration.ofMillis(1), Duration.ofMillis(50), Duration.ofSeconds(5));

  private final KafkaForTests kafka;
  private final String name;
  private final HeldProducer producer;
  private final PackedTopic topic;

  PackedTopicOverKafkaTest(RunningBackends backends) throws Exception {
    kafka =
        new KafkaForTests(backends.get("BLUETICK_KAFKA"), backends.get("BLUETICK_TOPIC_PREFIX"));
    name = kafka.newTopic(PARTITIONS);
    producer = new HeldProducer(kafka.producer());
    topic = new PackedTopic(name, PARTITIONS, producer::producer, SETTINGS, _ -> {});
  }

  @AfterEach
  void close() {
    topic.close();
  }

  @Override
  protected CommandTopic topic() {
    return topic;
  }

  @Override
  protected List<MailboxCommand> durable(AccountId actor) {
    return kafka.commands(name).stream()
        .filter(command -> command.getActor().equals(actor.bytes()))
        .toList();
  }

  @Override
  protected void hold() {
    producer.hold();
  }

  @Override
  protected void release() {
    producer.release();
  }

  @Override
  protected void fill() {
    AccountId somebody = new AccountId(1, 2);
    while (topic.hasRoom()) {
      topic.add(somebody, command(somebody, Long.MAX_VALUE));
    }
  }
}
