package io.bluetick.gateway.outbound;

import io.bluetick.gateway.KafkaForTests;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.protocol.v1.Rejection;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.core.ConsumerFactory;

/** Sockets that remember what they were handed, and are done with it when the test says so. */
final class RecordingDeliveries implements Deliveries {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Long> numbers = new ArrayList<>();
  private final Deque<Runnable> underWay = new ArrayDeque<>();
  private int begun;
  private boolean holding;

  OutboundReader reader(KafkaForTests kafka, String topic, int maxUnderWay) {
    Duration shortly = Duration.ofMillis(100);
    OutboundSettings settings =
        new OutboundSettings(maxUnderWay, shortly, shortly, shortly, shortly, shortly);
    return new OutboundReader(
        topic, new Consumers(kafka), this, settings, Clock.systemUTC(), meters);
  }

  private record Consumers(KafkaForTests kafka) implements ConsumerFactory<byte[], byte[]> {
    @Override
    public Consumer<byte[], byte[]> createConsumer() {
      return kafka.consumer();
    }

    @Override
    public Consumer<byte[], byte[]> createConsumer(
        @org.jspecify.annotations.Nullable String groupId,
        @org.jspecify.annotations.Nullable String clientIdPrefix,
        @org.jspecify.annotations.Nullable String clientIdSuffix,
        @org.jspecify.annotations.Nullable Properties properties) {
      return kafka.consumer();
    }

    @Override
    public boolean isAutoCommit() {
      return false;
    }
  }

  static byte[] batch(long number) {
    return OutboundBatch.newBuilder()
        .addDeliveries(Delivery.newBuilder().setRejected(Rejection.newBuilder().setCounter(number)))
        .build()
        .toByteArray();
  }

  @Override
  public synchronized void begin() {
    begun++;
  }

  @Override
  public synchronized void deliver(OutboundBatch batch, Runnable done) {
    numbers.add(batch.getDeliveries(0).getRejected().getCounter());
    if (holding) {
      underWay.add(done);
    } else {
      done.run();
    }
  }

  synchronized void hold() {
    holding = true;
  }

  synchronized void endOne() {
    underWay.remove().run();
  }

  synchronized void release() {
    holding = false;
    underWay.forEach(Runnable::run);
    underWay.clear();
  }

  synchronized int begun() {
    return begun;
  }

  synchronized List<Long> numbers() {
    return List.copyOf(numbers);
  }

  double notUnderstood() {
    return meters.counter("bluetick.outbound.not.understood").count();
  }
}
