package io.bluetick.session.outbox;

import com.google.protobuf.MessageLite;
import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.TopicSpec;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/** Writes records to Kafka and waits until they are durable. */
@Component
public class Records {
  private final KafkaTemplate<byte[], byte[]> kafka;
  private final TopicPlan plan;
  private final int partitions;
  private final OutboxSettings settings;

  Records(
      KafkaTemplate<byte[], byte[]> kafka,
      TopicPlan plan,
      KafkaSettings cluster,
      OutboxSettings settings) {
    this.kafka = kafka;
    this.plan = plan;
    this.partitions = cluster.partitions();
    this.settings = settings;
  }

  /** To a topic that is partitioned by account. Throws unless Kafka has it. */
  public void write(TopicSpec topic, AccountId account, MessageLite value) {
    write(topic, Partitions.of(account, partitions), value);
  }

  /** To a topic of one partition. Throws unless Kafka has it. */
  public void write(TopicSpec topic, MessageLite value) {
    write(topic, 0, value);
  }

  private void write(TopicSpec topic, int partition, MessageLite value) {
    try {
      kafka
          .send(plan.name(topic), partition, null, value.toByteArray())
          .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(topic, e);
    } catch (ExecutionException | TimeoutException e) {
      throw refused(topic, e);
    }
  }

  private static BluetickException refused(TopicSpec topic, Exception cause) {
    return new BluetickException(
        ErrorCode.UNAVAILABLE, "Kafka did not take a record of " + topic.name(), cause);
  }
}
