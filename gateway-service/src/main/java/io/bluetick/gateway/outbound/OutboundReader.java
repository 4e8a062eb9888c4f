package io.bluetick.gateway.outbound;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.v1.OutboundBatch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/**
 * Reads this gateway's topic and hands its records to the sockets, on a thread of its own.
 *
 * <p>It begins at the end: what was handed to an earlier life of this gateway was for connections
 * that are gone. Until it knows where the end is, no socket may open, or the first stanzas for it
 * would be missed. After a failure it goes on where it was.
 *
 * <p>A thread of ours and not a listener container, because nothing is ever committed and the
 * position at the start matters.
 */
final class OutboundReader implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(OutboundReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration POSITION_LIMIT = Duration.ofSeconds(5);

  private final TopicPartition partition;
  private final ConsumerFactory<byte[], byte[]> consumers;
  private final Deliveries deliveries;
  private final OutboundSettings settings;
  private final Clock clock;
  private final Semaphore underWay;
  private final Timer lag;
  private final Counter notUnderstood;
  private volatile boolean running;
  private long position = -1;
  private boolean failing;
  private Thread thread = Thread.currentThread();

  OutboundReader(
      String topic,
      ConsumerFactory<byte[], byte[]> consumers,
      Deliveries deliveries,
      OutboundSettings settings,
      Clock clock,
      MeterRegistry meters) {
    this.partition = new TopicPartition(topic, 0);
    this.consumers = consumers;
    this.deliveries = deliveries;
    this.settings = settings;
    this.clock = clock;
    this.underWay = new Semaphore(settings.underWay());
    this.lag = meters.timer("bluetick.outbound.lag");
    this.notUnderstood = meters.counter("bluetick.outbound.not.understood");
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().name("outbound").daemon().start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    thread.interrupt();
  }

  /** Begins before the sockets drain last, and so ends after them. */
  @Override
  public int getPhase() {
    return OutboundConfiguration.PHASE;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try (Consumer<byte[], byte[]> consumer = consumers.createConsumer()) {
        read(consumer);
      } catch (InterruptException | InterruptedException | WakeupException _) {
        Thread.currentThread().interrupt();
        return; // Only stop() does that.
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  private void read(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    consumer.assign(List.of(partition));
    if (position < 0) {
      consumer.seekToEnd(List.of(partition));
      position = consumer.position(partition, POSITION_LIMIT);
    } else {
      consumer.seek(partition, position);
    }
    deliveries.begin();
    while (running) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        deliver(record);
        position = record.offset() + 1;
      }
      recovered();
    }
  }

  private void deliver(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    OutboundBatch batch;
    try {
      batch = OutboundBatch.parseFrom(record.value());
    } catch (InvalidProtocolBufferException _) {
      notUnderstood.increment();
      LOG.error("event=outbound_not_understood offset={}", record.offset());
      return;
    }
    lag.record(Duration.ofMillis(Math.max(0, clock.millis() - record.timestamp())));
    underWay.acquire();
    try {
      deliveries.deliver(batch, underWay::release);
    } catch (RuntimeException e) {
      underWay.release();
      notUnderstood.increment();
      LOG.error("event=outbound_not_delivered offset={}", record.offset(), e);
    }
  }

  private void failed(RuntimeException failure) {
    if (!failing) {
      failing = true;
      LOG.warn("event=outbound_unreadable cause={}", failure.toString());
    }
    LockSupport.parkNanos(settings.retryDelay().toNanos());
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.info("event=outbound_readable_again");
    }
  }
}
