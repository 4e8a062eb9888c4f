package io.bluetick.message.quarantine;

import io.bluetick.protocol.v1.DeadRecord;
import io.bluetick.protocol.v1.MailboxBatch;
import io.bluetick.protocol.v1.MailboxCommand;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** What operators, and the quarantine, append to the two topics of commands: rare, one by one. */
public final class CommandLog implements AutoCloseable {
  private final String mailbox;
  private final String dead;
  private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
  private final Duration patience;

  /**
   * Appends to topics of these names.
   *
   * @param producers asked for each record: one that has failed for good is replaced
   */
  CommandLog(
      String mailbox,
      String dead,
      DefaultKafkaProducerFactory<byte[], byte[]> producers,
      Duration patience) {
    this.mailbox = mailbox;
    this.dead = dead;
    this.producers = producers;
    this.patience = patience;
  }

  /**
   * Waits until it is durable. Throws {@link CommandLogAwayException} if that takes too long; it
   * may be appended all the same.
   *
   * @param partition of the mailbox topic
   */
  public void append(int partition, MailboxCommand command) {
    MailboxBatch batch = MailboxBatch.newBuilder().addCommands(command).build();
    await(() -> send(mailbox, partition, batch.toByteArray()));
  }

  void append(DeadRecord record) {
    await(() -> send(record));
  }

  /** May block for as long as the producer is set to, and throw what it throws. */
  Future<?> send(DeadRecord record) {
    return send(dead, 0, record.toByteArray());
  }

  private Future<?> send(String topic, int partition, byte[] value) {
    return producers
        .createNonTransactionalProducer()
        .send(new ProducerRecord<>(topic, partition, null, value));
  }

  @Override
  public void close() {
    producers.destroy();
  }

  private void await(Supplier<Future<?>> sent) {
    try {
      sent.get().get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (KafkaException | ExecutionException | TimeoutException e) {
      throw new CommandLogAwayException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandLogAwayException(e);
    }
  }
}
