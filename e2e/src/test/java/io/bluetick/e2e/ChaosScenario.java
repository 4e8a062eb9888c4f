package io.bluetick.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.e2e.BluetickScript.PartRow;
import io.bluetick.e2e.BluetickScript.Result;
import io.bluetick.e2e.device.TestDevice;
import io.bluetick.e2e.history.Event;
import io.bluetick.e2e.history.History;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Pairs of people write to each other while parts of the stack die and come back, one after the
 * other, in an order that a seed says. Then calm, and everything that was promised must hold.
 */
final class ChaosScenario {
  private static final String SEED = "BLUETICK_CHAOS_SEED";
  private static final int PAIRS = 8;
  private static final Duration TICK = Duration.ofMillis(50);

  /** Of a person in a tick: some 240 messages a second in all. */
  private static final double SENDS = 0.75;

  private static final double READS = 0.02;
  private static final double LEAVES = 0.005;
  private static final double COMES_BACK = 0.05;

  /** How much is sent between two blows, and while a part is dead. */
  private static final int MESSAGES_LIMIT = 600;

  private static final Duration LOAD_LIMIT = Duration.ofSeconds(30);
  private static final Duration REST_LIMIT = Duration.ofSeconds(60);

  private final BluetickScript bluetick;
  private final People people;
  private final History history;
  private final long seed;
  private final Random random;
  private final List<TestDevice> phones = new ArrayList<>();

  /** What becomes of a part. */
  private enum Blow {
    GATEWAY_KILLED("gateway-service", true),
    MESSAGE_SERVICE_KILLED("message-service", true),
    KAFKA_KILLED("kafka", true),
    KAFKA_STOPPED("kafka", false),
    CASSANDRA_KILLED("cassandra", true),
    CASSANDRA_STOPPED("cassandra", false);

    final String part;
    final boolean isKill;

    Blow(String part, boolean isKill) {
      this.part = part;
      this.isKill = isKill;
    }
  }

  ChaosScenario(BluetickScript bluetick, People people, long seed) {
    this.bluetick = bluetick;
    this.people = people;
    this.history = people.history();
    this.seed = seed;
    this.random = new Random(seed);
  }

  /** From the environment, or one that nobody has tried yet. */
  static long seed() {
    String wanted = System.getenv(SEED);
    return wanted == null ? ThreadLocalRandom.current().nextInt(1_000_000) : Long.parseLong(wanted);
  }

  void run() throws Exception {
    List<Blow> plan = plan();
    history.note("seed %d: %s".formatted(seed, plan));
    for (int i = 0; i < PAIRS; i++) {
      TestDevice one = people.register();
      TestDevice other = people.register();
      people.introduce(one, other);
      phones.addAll(List.of(one, other));
    }
    phones.forEach(TestDevice::connect);
    try {
      underLoad(plan);
      Rest.await(history, phones, REST_LIMIT);
    } catch (AssertionError e) {
      throw new AssertionError("with %s=%d: %s".formatted(SEED, seed, e.getMessage()), e);
    }
  }

  /** Each part once; of what holds data also its good end. */
  private List<Blow> plan() {
    List<Blow> plan =
        new ArrayList<>(
            List.of(
                Blow.GATEWAY_KILLED,
                Blow.MESSAGE_SERVICE_KILLED,
                random.nextBoolean() ? Blow.KAFKA_KILLED : Blow.KAFKA_STOPPED,
                random.nextBoolean() ? Blow.CASSANDRA_KILLED : Blow.CASSANDRA_STOPPED));
    Collections.shuffle(plan, random);
    return plan;
  }

  private void underLoad(List<Blow> plan) throws Exception {
    try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      Random habits = new Random(random.nextLong());
      var load =
          clock.scheduleAtFixedRate(() -> tick(habits), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
      for (Blow blow : plan) {
        awaitMessages(random.nextInt(MESSAGES_LIMIT));
        strike(blow);
      }
      awaitMessages(random.nextInt(MESSAGES_LIMIT));
      load.cancel(false);
    }
    history.note("calm, after %d messages".formatted(history.count(Event.Sent.class)));
    phones.forEach(TestDevice::connect);
  }

  /** What people do in a moment. */
  private void tick(Random habits) {
    for (int i = 0; i < phones.size(); i++) {
      TestDevice phone = phones.get(i);
      if (habits.nextDouble() < SENDS) {
        phone.send(phones.get(i ^ 1).address().account());
      }
      if (habits.nextDouble() < READS) {
        phone.readAll();
      }
      if (habits.nextDouble() < LEAVES) {
        phone.disconnect();
      } else if (habits.nextDouble() < COMES_BACK) {
        phone.connect();
      }
    }
  }

  private void strike(Blow blow) throws IOException, InterruptedException {
    if (blow.isKill) {
      PartRow row = Objects.requireNonNull(bluetick.status().get(blow.part));
      history.note(blow.part + " is killed");
      ProcessHandle.of(row.pid()).orElseThrow().destroyForcibly();
      awaitMessages(random.nextInt(MESSAGES_LIMIT));
    }
    history.note(blow.part + " is restarted");
    Result restart = bluetick.run("restart", blow.part);
    assertThat(restart.exit()).as(restart.output()).isZero();
    history.note(blow.part + " is back");
  }

  private void awaitMessages(int more) {
    long wanted = history.count(Event.Sent.class) + more;
    await().atMost(LOAD_LIMIT).until(() -> history.count(Event.Sent.class) >= wanted);
  }
}
