package io.bluetick.gateway;

import io.bluetick.protocol.v1.MailboxBatch;
import io.bluetick.protocol.v1.MailboxCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Topics of a test's own on a real Kafka, with clients set up as the gateway's.
 *
 * @param address of the broker
 * @param prefix of the names of all topics made here
 */
public record KafkaForTests(String address, String prefix) {
  private static final int LIMIT_S = 30;
  private static final Duration POLL = Duration.ofMillis(200);

  public Admin admin() {
    return Admin.create(Map.<String, Object>of("bootstrap.servers", address));
  }

  /** Returns the name of a new topic. */
  public String newTopic(int partitions) throws Exception {
    String name = prefix + UUID.randomUUID();
    create(name, partitions);
    return name;
  }

  public void create(String name, int partitions) throws Exception {
    try (Admin admin = admin()) {
      admin
          .createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
          .all()
          .get(LIMIT_S, TimeUnit.SECONDS);
    }
  }

  public Producer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", address, "batch.size", 1, "linger.ms", 0),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  public Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", address, "auto.offset.reset", "latest"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** Puts a value into the first partition and waits until it is there. */
  public void produce(String topic, byte[]... values) throws Exception {
    try (Producer<byte[], byte[]> producer = producer()) {
      for (byte[] value : values) {
        producer.send(new ProducerRecord<>(topic, 0, null, value)).get(LIMIT_S, TimeUnit.SECONDS);
      }
    }
  }

  /** The values of all records of a topic, those of one partition in order. */
  public List<byte[]> values(String topic) {
    List<byte[]> values = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  /** All commands in a topic of MailboxBatch. */
  public List<MailboxCommand> commands(String topic) {
    List<MailboxCommand> commands = new ArrayList<>();
    for (byte[] value : values(topic)) {
      try {
        commands.addAll(MailboxBatch.parseFrom(value).getCommandsList());
      } catch (com.google.protobuf.InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return commands;
  }
}
