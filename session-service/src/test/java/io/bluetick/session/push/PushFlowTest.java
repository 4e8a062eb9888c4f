package io.bluetick.session.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.WakeUp;
import io.bluetick.protocol.v1.WakeUpBatch;
import io.bluetick.session.push.sender.FakeProvider;
import io.bluetick.session.push.sender.ServiceAccount;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** From a wake-up in Kafka to the provider, with the real backends between them. */
@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@DirtiesContext // It sends what is scheduled, whoever did that.
class PushFlowTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int PARTITIONS = 8;
  private static final AtomicInteger SETTLED = new AtomicInteger();
  private static final FakeProvider GOOGLE = new FakeProvider();
  private static @TempDir Path folder = Path.of("");

  private final KafkaTemplate<byte[], byte[]> kafka;
  private final TopicPlan plan;
  private final Tokens tokens;
  private final MovingClock clock;
  private final FakeConnections connections;
  private final DeviceRowsForTests devices;

  /** Time and connections are the test's. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Given {
    @Bean
    MovingClock clock() {
      return new MovingClock();
    }

    @Bean
    FakeConnections connections() {
      return new FakeConnections();
    }
  }

  @DynamicPropertySource
  static void fcm(DynamicPropertyRegistry properties) throws Exception {
    Path account = ServiceAccount.write(folder, GOOGLE);
    properties.add("bluetick.push.fcm.service-account", account::toString);
    properties.add("bluetick.push.fcm.base", () -> GOOGLE.url(""));
    properties.add("bluetick.push.schedule.poll", () -> "50ms");
  }

  @AfterAll
  static void stop() {
    GOOGLE.close();
  }

  PushFlowTest(
      @Autowired KafkaTemplate<byte[], byte[]> kafka,
      @Autowired TopicPlan plan,
      @Autowired Tokens tokens,
      @Autowired MovingClock clock,
      @Autowired FakeConnections connections,
      @Autowired JdbcClient sql) {
    this.kafka = kafka;
    this.plan = plan;
    this.tokens = tokens;
    this.clock = clock;
    this.connections = connections;
    this.devices = new DeviceRowsForTests(sql);
  }

  @BeforeEach
  void nobodyIsConnected() {
    connections.clear();
    GOOGLE.answer(ServiceAccount.SEND, 200, "{}");
  }

  @Test
  void an_urgent_wake_up_reaches_the_provider_once_and_what_follows_waits() throws Exception {
    DeviceAddress device = deviceWith("urgent-1-of-the-flow");
    wake(device, Priority.URGENT);
    awaitPushes("urgent-1-of-the-flow", 1);
    clock.move(Duration.ofMillis(100));
    wake(device, Priority.URGENT);
    clock.move(Duration.ofMillis(100));
    wake(device, Priority.URGENT);
    settle();
    assertThat(pushes("urgent-1-of-the-flow")).hasSize(1);
    clock.move(Duration.ofSeconds(3));
    awaitPushes("urgent-1-of-the-flow", 2);
    clock.move(Duration.ofMinutes(1));
    settle();
    assertThat(pushes("urgent-1-of-the-flow")).hasSize(2);
  }

  @Test
  void of_two_background_wake_ups_one_goes_now_and_one_after_twenty_minutes() throws Exception {
    DeviceAddress device = deviceWith("background-of-the-flow");
    wake(device, Priority.BACKGROUND);
    awaitPushes("background-of-the-flow", 1);
    clock.move(Duration.ofMinutes(1));
    wake(device, Priority.BACKGROUND);
    clock.move(Duration.ofMinutes(18));
    settle();
    assertThat(pushes("background-of-the-flow")).hasSize(1);
    clock.move(Duration.ofMinutes(1));
    awaitPushes("background-of-the-flow", 2);
  }

  @Test
  void what_waits_is_cancelled_when_the_device_connects() throws Exception {
    DeviceAddress device = deviceWith("cancelled-of-the-flow");
    wake(device, Priority.URGENT);
    awaitPushes("cancelled-of-the-flow", 1);
    clock.move(Duration.ofMillis(100));
    wake(device, Priority.URGENT);
    settle();
    connections.set(device, new Connections.State.Away(clock.instant()));
    clock.move(Duration.ofSeconds(4));
    settle();
    assertThat(pushes("cancelled-of-the-flow")).hasSize(1);
  }

  @Test
  void ephemeral_and_old_wake_ups_wake_nobody() throws Exception {
    DeviceAddress device = deviceWith("never-of-the-flow");
    wake(device, Priority.EPHEMERAL);
    send(wakeUp(device, Priority.URGENT, clock.millis() - 3_600_001).toByteArray(), device);
    send(new byte[] {-1}, device);
    settle();
    assertThat(pushes("never-of-the-flow")).isEmpty();
  }

  @Test
  void a_token_that_is_gone_is_removed() throws Exception {
    GOOGLE.answer(ServiceAccount.SEND, 404, "{\"error\":{\"code\":404,\"status\":\"NOT_FOUND\"}}");
    DeviceAddress device = deviceWith("dead-of-the-flow");
    wake(device, Priority.URGENT);
    await().atMost(BOUND).untilAsserted(() -> assertThat(tokens.of(Set.of(device))).isEmpty());
  }

  @Test
  void two_instances_send_what_waits_once(
      @Autowired Courier courier,
      @Autowired StringRedisTemplate redis,
      @Autowired PushSettings pushes,
      @Autowired ScheduleSettings schedule,
      @Autowired PushMetrics metrics)
      throws Exception {
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "two-of-the-flow-" + i).toList();
    for (String name : names) {
      DeviceAddress device = deviceWith(name);
      wake(device, Priority.BACKGROUND);
      awaitPushes(name, 1);
      clock.move(Duration.ofMillis(1));
      wake(device, Priority.BACKGROUND);
    }
    settle();
    List<WakeUps> others =
        Stream.generate(() ->
                new WakeUps(
                    new RedisSchedule(redis, pushes, schedule, clock),
                    new LocalSchedule(pushes, schedule, clock),
                    courier,
                    schedule,
                    clock,
                    metrics))
            .limit(3)
            .toList();
    clock.move(Duration.ofMinutes(21));
    CompletableFuture.allOf(
            others.stream()
                .map(other -> CompletableFuture.runAsync(other::tick))
                .toArray(CompletableFuture[]::new))
        .get(BOUND.toSeconds(), TimeUnit.SECONDS);
    for (String name : names) {
      awaitPushes(name, 2);
    }
    settle();
    assertThat(names).allSatisfy(name -> assertThat(pushes(name)).hasSize(2));
  }

  @Test
  void what_was_handled_is_committed(
      @Autowired Admin admin, @Autowired ConcurrentMessageListenerContainer<byte[], byte[]> readers)
      throws Exception {
    DeviceAddress device = deviceWith("committed-of-the-flow");
    wake(device, Priority.URGENT);
    awaitPushes("committed-of-the-flow", 1);
    TopicPartition partition =
        new TopicPartition(plan.name(Topics.PUSH), Partitions.of(device.account(), PARTITIONS));
    long end =
        admin
            .listOffsets(Map.of(partition, OffsetSpec.latest()))
            .partitionResult(partition)
            .get()
            .offset();
    await()
        .atMost(BOUND)
        .untilAsserted(() ->
            assertThat(
                    admin
                        .listConsumerGroupOffsets(readers.getGroupId())
                        .partitionsToOffsetAndMetadata()
                        .get())
                .hasEntrySatisfying(
                    partition, committed -> assertThat(committed.offset()).isEqualTo(end)));
  }

  /** Until a wake-up that was sent after all others has come out, and some polls have passed. */
  private void settle() throws Exception {
    for (int i = 0; i < 2; i++) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        String name = "settled-" + SETTLED.getAndIncrement() + "-of-the-flow";
        DeviceAddress device = deviceWith(name);
        while (Partitions.of(device.account(), PARTITIONS) != partition) {
          device = deviceWith(name);
        }
        wake(device, Priority.URGENT);
        awaitPushes(name, 1);
      }
    }
  }

  private DeviceAddress deviceWith(String token) {
    DeviceAddress device = devices.add();
    assertThat(tokens.put(device, 1, new PushToken.Fcm(token))).isTrue();
    return device;
  }

  private void wake(DeviceAddress device, Priority priority) throws Exception {
    send(wakeUp(device, priority, clock.millis()).toByteArray(), device);
  }

  private void send(byte[] value, DeviceAddress device) throws Exception {
    int partition = Partitions.of(device.account(), PARTITIONS);
    kafka
        .send(plan.name(Topics.PUSH), partition, new byte[0], value)
        .get(BOUND.toSeconds(), TimeUnit.SECONDS);
  }

  private static WakeUpBatch wakeUp(DeviceAddress device, Priority priority, long timeMs) {
    return WakeUpBatch.newBuilder()
        .addWakeUps(
            WakeUp.newBuilder()
                .setAccount(device.account().bytes())
                .setDevice(device.device())
                .setPriority(priority)
                .setTimeMs(timeMs))
        .build();
  }

  private static void awaitPushes(String token, int count) {
    await().atMost(BOUND).untilAsserted(() -> assertThat(pushes(token)).hasSize(count));
  }

  private static List<String> pushes(String token) {
    return GOOGLE.requests(ServiceAccount.SEND).stream()
        .map(FakeProvider.Request::text)
        .filter(text -> text.contains("\"" + token + "\""))
        .toList();
  }
}
