package io.bluetick.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.KafkaForTests;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real Kafka, with leases and time in the hands of the test. */
@Backends(Backend.KAFKA)
class NodeKeeperTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final OutboundSettings SETTINGS =
      new OutboundSettings(
          64, Duration.ofMillis(50), LEASE, Duration.ofMillis(20), Duration.ofHours(1), GRACE);

  private final MovingClock clock = new MovingClock();
  private final FakeLeases leases = new FakeLeases(clock);
  private final KafkaForTests kafka;
  private final Admin admin;
  private final String prefix;
  private final NodeKeeper keeper;
  private final AtomicInteger beats = new AtomicInteger();
  private final AtomicInteger told = new AtomicInteger();

  NodeKeeperTest(RunningBackends backends) {
    String unique = backends.get("BLUETICK_TOPIC_PREFIX") + UUID.randomUUID() + ".";
    kafka = new KafkaForTests(backends.get("BLUETICK_KAFKA"), unique);
    admin = kafka.admin();
    prefix = unique + "to.";
    NodeKeeper.Outlets outlets =
        new NodeKeeper.Outlets(beats::incrementAndGet, told::incrementAndGet);
    keeper = new NodeKeeper("own", prefix, leases, admin, SETTINGS, clock, outlets);
  }

  @BeforeEach
  void createTopics() throws Exception {
    for (String name : List.of(prefix + "own", prefix + "other", kafka.prefix() + "shared")) {
      kafka.create(name, 1);
    }
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private Set<String> topics() throws Exception {
    return admin.listTopics().names().get(10, TimeUnit.SECONDS).stream()
        .filter(name -> name.startsWith(kafka.prefix()))
        .map(name -> name.substring(kafka.prefix().length()))
        .collect(Collectors.toSet());
  }

  private void assertNothingIsDeleted() throws Exception {
    keeper.clean();
    assertThat(topics()).containsExactlyInAnyOrder("to.own", "to.other", "shared");
  }

  @Test
  void the_topic_of_a_dead_gateway_goes_when_it_was_dead_for_long() throws Exception {
    assertNothingIsDeleted();
    clock.move(GRACE.minusSeconds(1));
    assertNothingIsDeleted();
    clock.move(Duration.ofSeconds(2));
    keeper.clean();
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(topics()).containsExactlyInAnyOrder("to.own", "shared"));
  }

  @Test
  void who_lives_again_in_between_is_dead_anew() throws Exception {
    assertNothingIsDeleted();
    clock.move(GRACE);
    LeasesContract.answer(leases.renew("other", "it", LEASE));
    assertNothingIsDeleted();
    clock.move(LEASE);
    assertNothingIsDeleted();
    clock.move(GRACE.minusSeconds(1));
    assertNothingIsDeleted();
  }

  @Test
  void who_writes_to_its_topic_lives_though_redis_does_not_know_it() throws Exception {
    assertNothingIsDeleted();
    clock.move(GRACE.plusSeconds(1));
    try (Producer<byte[], byte[]> other = kafka.producer()) {
      other
          .send(new ProducerRecord<>(prefix + "other", 0, clock.millis(), new byte[0], new byte[0]))
          .get(10, TimeUnit.SECONDS);
    }
    assertNothingIsDeleted();
    clock.move(GRACE.plusSeconds(1));
    assertNothingIsDeleted();
    assertThat(beats).hasValue(3);
    clock.move(GRACE.plusSeconds(1));
    keeper.clean();
    await().atMost(LIMIT).untilAsserted(() -> assertThat(topics()).doesNotContain("to.other"));
  }

  @Test
  void nobody_is_dead_while_redis_does_not_answer() throws Exception {
    assertNothingIsDeleted();
    clock.move(GRACE.plusSeconds(1));
    leases.fail();
    assertNothingIsDeleted();
  }

  /** It may have forgotten all leases while it was away, a moment before they are taken again. */
  @Test
  void after_redis_failed_everyone_is_given_the_whole_grace_again() throws Exception {
    assertNothingIsDeleted();
    clock.move(GRACE.plusSeconds(1));
    leases.fail();
    keeper.clean();
    leases.mend();
    assertNothingIsDeleted();
    clock.move(GRACE.plusSeconds(1));
    keeper.clean();
    await().atMost(LIMIT).untilAsserted(() -> assertThat(topics()).doesNotContain("to.other"));
  }

  @Test
  void its_own_lease_is_renewed_until_it_stops() {
    keeper.start();
    awaitAlive();
    clock.move(LEASE.multipliedBy(2));
    awaitAlive();
    keeper.stop();
    assertThat(LeasesContract.answer(leases.alive(List.of("own")))).isEmpty();
  }

  private void awaitAlive() {
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(LeasesContract.answer(leases.alive(List.of("own")))).containsExactly("own"));
  }

  @Test
  void a_failure_does_not_end_the_renewals() {
    leases.fail();
    keeper.start();
    keeper.renew();
    leases.mend();
    awaitAlive();
    keeper.stop();
  }

  @Test
  void a_lease_that_is_gone_though_it_was_held_means_that_routes_are_gone_too() {
    keeper.renew();
    keeper.renew();
    assertThat(told).hasValue(0);
    leases.forget();
    keeper.renew();
    assertThat(told).hasValue(1);
    keeper.renew();
    clock.move(LEASE.plusSeconds(1));
    keeper.renew();
    assertThat(told).hasValue(2);
  }

  @Test
  void a_lease_that_another_took_is_no_reason_to_tell_routes() {
    LeasesContract.answer(leases.renew("own", "an earlier life", LEASE));
    keeper.renew();
    LeasesContract.answer(leases.renew("own", "another", LEASE));
    keeper.renew();
    assertThat(told).hasValue(0);
  }

  @Test
  void nor_does_a_surprise() {
    leases.surprise(new IllegalStateException("nobody thought of that"));
    keeper.start();
    keeper.clean();
    leases.mend();
    awaitAlive();
    keeper.stop();
  }
}
