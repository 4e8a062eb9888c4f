package io.bluetick.testkit.backend;

import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Pages are records of one partition; the last one with a key counts. */
final class KafkaNotebook implements Notebook {

  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, Object> client;
  private final TopicPartition topic;

  KafkaNotebook(RunningBackends settings) throws Exception {
    client = Map.of("bootstrap.servers", settings.get("BLUETICK_KAFKA"));
    topic = new TopicPartition(settings.get("BLUETICK_TOPIC_PREFIX") + "notebook", 0);
    try (Admin admin = Admin.create(client)) {
      admin.createTopics(List.of(new NewTopic(topic.topic(), 1, (short) 1))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  @Override
  public void write(String key, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic.topic(), 0, key, value)).get();
    }
  }

  @Override
  public Optional<String> read(String key) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(topic));
      consumer.seekToBeginning(List.of(topic));
      long end = consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
      Optional<String> found = Optional.empty();
      while (consumer.position(topic) < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
          found = record.key().equals(key) ? Optional.of(record.value()) : found;
        }
      }
      return found;
    }
  }

  @Override
  public void close() {}
}
