package io.bluetick.gateway.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.KafkaForTests;
import io.bluetick.gateway.OwnKafka;
import io.bluetick.platform.kafka.PackedTopic;
import io.bluetick.platform.kafka.PackingSettings;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of commands when Kafka dies and comes back. */
class PackedTopicCrashTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BEFORE = 500;
  private static final int ALL = 1_000;

  @Test
  void what_was_added_while_kafka_was_dead_is_durable_after_its_return(@TempDir Path folder)
      throws Exception {
    PackingSettings settings =
        new PackingSettings(
            1 << 20, 4_096, Duration.ofMillis(1), Duration.ofMillis(50), Duration.ofSeconds(1));
    AccountId actor = new AccountId(1, 2);
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    try (OwnKafka kafka = OwnKafka.start(folder)) {
      KafkaForTests clients = kafka.clients();
      String name = clients.newTopic(1);
      try (PackedTopic topic = new PackedTopic(name, 1, clients::producer, settings, _ -> {})) {
        for (long number = 1; number <= BEFORE; number++) {
          long it = number;
          topic.add(actor, CommandTopicContract.command(actor, it), () -> told.add(it));
        }
        await().atMost(LIMIT).until(() -> told.size() == BEFORE);
        kafka.kill();
        for (long number = BEFORE + 1; number <= ALL; number++) {
          long it = number;
          topic.add(actor, CommandTopicContract.command(actor, it), () -> told.add(it));
        }
        assertThat(told).hasSize(BEFORE);
        kafka.restart();
        await().atMost(LIMIT).until(() -> told.size() == ALL);
      }
      List<Long> all = LongStream.rangeClosed(1, ALL).boxed().toList();
      assertThat(told).isEqualTo(all);
      // A record whose answer was lost may be there twice; its commands in order all the same.
      assertThat(CommandTopicContract.numbers(clients.commands(name)).stream().distinct())
          .containsExactlyElementsOf(all);
    }
  }
}
