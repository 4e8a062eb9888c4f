package io.bluetick.session.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.WakeUp;
import io.bluetick.protocol.v1.WakeUpBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What it makes of records; what it commits is seen with a real Kafka. */
class WakeUpReaderTest {
  private final MovingClock clock = new MovingClock();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DeviceAddress device = PushSamples.device();
  private final long now = clock.millis();

  @Test
  void of_each_device_and_urgency_only_the_newest_is_left() {
    DeviceAddress other = PushSamples.device();
    assertThat(
            read(
                batch(
                    wakeUp(device, Priority.URGENT, now - 3), wakeUp(other, Priority.URGENT, now)),
                batch(
                    wakeUp(device, Priority.URGENT, now - 1),
                    wakeUp(device, Priority.BACKGROUND, now - 5)),
                batch(wakeUp(device, Priority.URGENT, now - 2))))
        .containsExactlyInAnyOrder(
            new Wake(device, Urgency.URGENT, now - 1),
            new Wake(device, Urgency.BACKGROUND, now - 5),
            new Wake(other, Urgency.URGENT, now));
    assertThat(wakeUps("urgent")).isEqualTo(4);
    assertThat(wakeUps("background")).isEqualTo(1);
  }

  @Test
  void ephemeral_ones_wake_nobody() {
    assertThat(read(batch(wakeUp(device, Priority.EPHEMERAL, now)))).isEmpty();
    assertThat(wakeUps("ephemeral")).isEqualTo(1);
  }

  @Test
  void what_is_not_understood_is_passed_over_and_counted() {
    WakeUp shortId =
        WakeUp.newBuilder().setAccount(ByteString.copyFrom(new byte[5])).setTimeMs(now).build();
    WakeUp noSuchDevice = wakeUp(device, Priority.URGENT, now).toBuilder().setDevice(128).build();
    WakeUp noSuchPriority =
        wakeUp(device, Priority.URGENT, now).toBuilder().setPriorityValue(9).build();
    assertThat(
            read(
                new byte[] {-1, -1, -1},
                batch(shortId, noSuchDevice, noSuchPriority, wakeUp(device, Priority.URGENT, now))))
        .containsExactly(new Wake(device, Urgency.URGENT, now));
    assertThat(meters.get("bluetick.push.poisoned").counter().count()).isEqualTo(4);
  }

  @Test
  void a_time_to_come_counts_as_now() {
    assertThat(read(batch(wakeUp(device, Priority.URGENT, now + 60_000))))
        .containsExactly(new Wake(device, Urgency.URGENT, now));
  }

  private Collection<Wake> read(byte[]... records) {
    WakeUps unused =
        new WakeUps(
            new LocalSchedule(PushSamples.PUSHES, PushSamples.schedule(1), clock),
            new LocalSchedule(PushSamples.PUSHES, PushSamples.schedule(1), clock),
            courier(),
            PushSamples.schedule(1),
            clock,
            new PushMetrics(new SimpleMeterRegistry()));
    return new WakeUpReader(unused, clock, new PushMetrics(meters))
        .wakes(
            IntStream.range(0, records.length)
                .mapToObj(i -> new ConsumerRecord<>("wake-ups", 0, i, new byte[0], records[i]))
                .toList());
  }

  private Courier courier() {
    return new Courier(
        Connections.none(),
        new FakeTokens(),
        new Senders(List.of()),
        new Courier.Context(
            PushSamples.PUSHES,
            PushSamples.SENDING,
            clock,
            new PushMetrics(new SimpleMeterRegistry()),
            Runnable::run));
  }

  private static byte[] batch(WakeUp... wakeUps) {
    return WakeUpBatch.newBuilder().addAllWakeUps(List.of(wakeUps)).build().toByteArray();
  }

  private static WakeUp wakeUp(DeviceAddress device, Priority priority, long timeMs) {
    return WakeUp.newBuilder()
        .setAccount(device.account().bytes())
        .setDevice(device.device())
        .setPriority(priority)
        .setTimeMs(timeMs)
        .build();
  }

  private double wakeUps(String priority) {
    return meters.get("bluetick.push.wakeups").tag("priority", priority).counter().count();
  }
}
