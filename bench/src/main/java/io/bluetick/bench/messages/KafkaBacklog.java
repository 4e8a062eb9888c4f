package io.bluetick.bench.messages;

import static java.util.Objects.requireNonNull;

import io.bluetick.protocol.Topics;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The committed offsets of message-service against the ends of the partitions. */
final class KafkaBacklog implements Backlog, AutoCloseable {
  /** What message-service consumes as. */
  static final String GROUP = "mailboxes";

  private static final long LIMIT_S = 10;

  private final Admin admin;
  private final String topic;

  KafkaBacklog(String kafka, String topic) {
    this.topic = topic;
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
  }

  static KafkaBacklog ofMailboxes(String kafka) {
    return new KafkaBacklog(kafka, Topics.MAILBOX.name());
  }

  @Override
  public long records() throws IOException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
    TopicDescription description =
        requireNonNull(get(admin.describeTopics(Set.of(topic)).allTopicNames()).get(topic));
    Map<TopicPartition, OffsetSpec> partitions =
        description.partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    var ends = get(admin.listOffsets(partitions).all());
    long records = 0;
    for (TopicPartition partition : partitions.keySet()) {
      OffsetAndMetadata offset = committed.get(partition);
      // A partition without a commit was never read, or nothing was ever in it.
      records +=
          requireNonNull(ends.get(partition)).offset() - (offset == null ? 0 : offset.offset());
    }
    return records;
  }

  @Override
  public void close() {
    admin.close();
  }

  private static <T> T get(KafkaFuture<T> future) throws IOException, InterruptedException {
    try {
      return future.get(LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("Kafka does not say how far message-service is: " + e, e);
    }
  }
}
