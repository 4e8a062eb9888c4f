package io.bluetick.message.quarantine;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.message.quarantine.QuarantineEntry.State;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.v1.DeadRecord;
import io.bluetick.protocol.v1.DeadVerdict;
import io.bluetick.protocol.v1.MailboxCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is in quarantine, and what operators decide about it.
 *
 * <p>Every request reads the topic to its end, from where the last one came to: so it sees what any
 * instance wrote before, and nothing runs while nobody asks. One that runs out of time leaves what
 * it read to the next.
 *
 * <p>Deciding is not exclusive: two operators at once may replay a command and discard it, and the
 * first decision is what is shown. To replay a command twice harms nobody, as a producer may append
 * it twice too: it has the same message id, epoch or version, and obeying it again changes nothing.
 */
public final class QuarantineLog {
  private static final Logger LOG = LoggerFactory.getLogger(QuarantineLog.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final TopicPartition topic;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final CommandLog log;
  private final int partitions;
  private final Duration patience;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final QuarantineIndex index;

  /**
   * A view of the topic.
   *
   * @param consumers makes one for each request, of no group
   * @param partitions of the mailbox topic
   */
  QuarantineLog(
      TopicPartition topic,
      Supplier<Consumer<byte[], byte[]>> consumers,
      CommandLog log,
      int partitions,
      QuarantineSettings settings,
      Clock clock) {
    this.topic = topic;
    this.consumers = consumers;
    this.log = log;
    this.partitions = partitions;
    this.patience = settings.patience();
    this.clock = clock;
    this.index = new QuarantineIndex(settings.entries());
  }

  /**
   * A page, the newest first.
   *
   * @param before an id, or {@link Long#MAX_VALUE}
   * @param state null: whatever it is
   */
  public List<QuarantineEntry> page(long before, int count, @Nullable State state) {
    return read(
        () -> index.before(before, count, entry -> state == null || entry.state() == state));
  }

  /**
   * Appends the command to its mailbox again and then marks it. A crash between leaves it waiting.
   * Throws {@link BluetickException} if there is none or it is decided.
   */
  public QuarantineEntry replay(long id, String by) {
    QuarantineEntry entry = waiting(id);
    DeadRecord dead = fetch(id);
    MailboxCommand command = dead.getFailed().getCommand();
    if (command.getCommandCase() == MailboxCommand.CommandCase.COMMAND_NOT_SET) {
      throw new BluetickException(ErrorCode.CONFLICT, "There is nothing to replay in it.");
    }
    log.append(partition(entry, command), command);
    return decide(entry, dead, DeadVerdict.REPLAYED, by);
  }

  /** The actor's, which may not be where it was wrongly found. One for many has only that. */
  private int partition(QuarantineEntry entry, MailboxCommand command) {
    return command.getActor().size() == AccountId.BYTES
        ? Partitions.of(AccountId.of(command.getActor()), partitions)
        : entry.partition();
  }

  /** Throws {@link BluetickException} if there is none or it is decided. */
  public QuarantineEntry discard(long id, String by) {
    return decide(waiting(id), fetch(id), DeadVerdict.DISCARDED, by);
  }

  private QuarantineEntry decide(
      QuarantineEntry entry, DeadRecord dead, DeadVerdict verdict, String by) {
    log.append(DeadCommand.of(dead).decided(verdict, by, clock.millis()));
    return read(() -> index.find(entry.id())).orElse(entry);
  }

  private QuarantineEntry waiting(long id) {
    Optional<QuarantineEntry> found = read(() -> index.find(id));
    QuarantineEntry entry =
        found.orElseThrow(
            () -> new BluetickException(ErrorCode.NOT_FOUND, "There is no such failed command."));
    if (entry.state() != State.WAITING) {
      throw new BluetickException(ErrorCode.CONFLICT, "This was decided before.");
    }
    return entry;
  }

  // ---- Reading ---------------------------------------------------------------------------------

  private <T> T read(Supplier<T> answer) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean isLocked = false;
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      isLocked = lock.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (!isLocked) {
        throw late();
      }
      readToEnd(consumer, deadline);
      return answer.get();
    } catch (KafkaException e) {
      throw new CommandLogAwayException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandLogAwayException(e);
    } finally {
      if (isLocked) {
        lock.unlock();
      }
    }
  }

  private void readToEnd(Consumer<byte[], byte[]> consumer, long deadline) {
    consumer.assign(List.of(topic));
    long first = consumer.beginningOffsets(List.of(topic), patience).getOrDefault(topic, 0L);
    long end = consumer.endOffsets(List.of(topic), patience).getOrDefault(topic, 0L);
    index.align(first, end);
    consumer.seek(topic, index.position());
    while (consumer.position(topic, patience) < end) {
      if (System.nanoTime() > deadline) {
        throw late();
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        index.read(record.offset(), parsed(record));
      }
    }
  }

  private DeadRecord fetch(long offset) {
    long deadline = System.nanoTime() + patience.toNanos();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      consumer.assign(List.of(topic));
      consumer.seek(topic, offset);
      while (System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          DeadRecord dead = record.offset() == offset ? parsed(record) : null;
          if (dead == null) {
            throw new BluetickException(ErrorCode.NOT_FOUND, "It was forgotten meanwhile.");
          }
          return dead;
        }
      }
      throw late();
    } catch (KafkaException e) {
      throw new CommandLogAwayException(e);
    }
  }

  private static CommandLogAwayException late() {
    return new CommandLogAwayException("The quarantine is still being read; try again later.");
  }

  private static @Nullable DeadRecord parsed(ConsumerRecord<byte[], byte[]> record) {
    try {
      return DeadRecord.parseFrom(record.value());
    } catch (InvalidProtocolBufferException _) {
      LOG.error("event=dead_record_not_understood offset={}", record.offset());
      return null;
    }
  }
}
