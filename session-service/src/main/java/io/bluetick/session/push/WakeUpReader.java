package io.bluetick.session.push;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.WakeUp;
import io.bluetick.protocol.v1.WakeUpBatch;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Reads the topic of wake-ups. It commits by itself and never by the container, because while Redis
 * is away reading goes on and committing does not (see {@link WakeUps}). What is read twice is
 * collapsed like any other wake-up.
 */
final class WakeUpReader implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(WakeUpReader.class);

  private final WakeUps wakeUps;
  private final Clock clock;
  private final PushMetrics metrics;

  /** What comes after all that was handled; of the partitions of one consumer, on its thread. */
  private final ThreadLocal<Map<TopicPartition, OffsetAndMetadata>> handled =
      ThreadLocal.withInitial(HashMap::new);

  WakeUpReader(WakeUps wakeUps, Clock clock, PushMetrics metrics) {
    this.wakeUps = wakeUps;
    this.clock = clock;
    this.metrics = metrics;
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<byte[], byte[]>> records,
      @Nullable Acknowledgment acknowledgment,
      @Nullable Consumer<?, ?> consumer) {
    boolean isSafe = wakeUps.take(wakes(records));
    Map<TopicPartition, OffsetAndMetadata> offsets = handled.get();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      offsets.put(
          new TopicPartition(record.topic(), record.partition()),
          new OffsetAndMetadata(record.offset() + 1));
    }
    if (isSafe && consumer != null) {
      commit(consumer, offsets);
    }
  }

  private static void commit(
      Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
    offsets.keySet().retainAll(consumer.assignment());
    try {
      consumer.commitSync(offsets);
      offsets.clear();
    } catch (CommitFailedException | RetriableException e) {
      LOG.warn("event=push_not_committed cause={}", e.toString());
    }
  }

  /** The newest of each device and urgency. */
  Collection<Wake> wakes(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<Wake.Key, Wake> wakes = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        for (WakeUp wakeUp : WakeUpBatch.parseFrom(record.value()).getWakeUpsList()) {
          read(wakeUp, record).ifPresent(wake -> wakes.merge(wake.key(), wake, Wake::newest));
        }
      } catch (InvalidProtocolBufferException _) {
        notUnderstood(record);
      }
    }
    return wakes.values();
  }

  /** One that is none keeps nobody else asleep. */
  private Optional<Wake> read(WakeUp wakeUp, ConsumerRecord<byte[], byte[]> record) {
    try {
      return wake(wakeUp);
    } catch (IllegalArgumentException _) {
      notUnderstood(record);
      return Optional.empty();
    }
  }

  private void notUnderstood(ConsumerRecord<byte[], byte[]> record) {
    metrics.poisoned();
    LOG.error(
        "event=wake_up_not_understood partition={} offset={}", record.partition(), record.offset());
  }

  /** Throws {@link IllegalArgumentException} if it is none. */
  private Optional<Wake> wake(WakeUp wakeUp) {
    DeviceAddress device = new DeviceAddress(AccountId.of(wakeUp.getAccount()), wakeUp.getDevice());
    // A time to come would cover all that comes until then.
    long timeMs = Math.min(wakeUp.getTimeMs(), clock.millis());
    return switch (wakeUp.getPriority()) {
      case URGENT -> {
        metrics.wakeUp("urgent");
        yield Optional.of(new Wake(device, Urgency.URGENT, timeMs));
      }
      case BACKGROUND -> {
        metrics.wakeUp("background");
        yield Optional.of(new Wake(device, Urgency.BACKGROUND, timeMs));
      }
      case EPHEMERAL -> {
        metrics.wakeUp("ephemeral");
        yield Optional.empty();
      }
      case UNRECOGNIZED -> throw new IllegalArgumentException("no such priority");
    };
  }
}
