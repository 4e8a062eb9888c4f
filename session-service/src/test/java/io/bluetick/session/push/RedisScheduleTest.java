package io.bluetick.session.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

@Backends(Backend.REDIS)
class RedisScheduleTest extends ScheduleContract {
  private static final int SHARDS = 3;

  private final LettuceConnectionFactory connections;
  private final StringRedisTemplate redis;
  private final RedisSchedule schedule;

  RedisScheduleTest(RunningBackends backends) {
    String url =
        "redis://" + backends.get("BLUETICK_REDIS") + "/" + backends.get("BLUETICK_REDIS_DATABASE");
    connections =
        new LettuceConnectionFactory(LettuceConnectionFactory.createRedisConfiguration(url));
    connections.start();
    redis = new StringRedisTemplate(connections);
    forget();
    schedule = instance();
  }

  private RedisSchedule instance() {
    return new RedisSchedule(redis, PushSamples.PUSHES, PushSamples.schedule(SHARDS), clock);
  }

  private void forget() {
    redis.delete(redis.keys("push:*"));
  }

  @AfterEach
  void stop() {
    forget();
    connections.destroy();
  }

  @Override
  Schedule schedule() {
    return schedule;
  }

  @Test
  void two_instances_never_hold_the_same_claim() {
    int count = 600;
    List<Wake> wakes =
        IntStream.range(0, count)
            .mapToObj(_ -> PushSamples.background(PushSamples.device(), clock))
            .toList();
    schedule.admit(wakes).forEach(claim -> schedule.later(claim, clock.instant(), 0));

    List<CompletableFuture<List<Claim>>> instances =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> drain(instance())))
            .limit(4)
            .toList();
    List<Wake> claimed =
        instances.stream().flatMap(all -> all.join().stream()).map(Claim::wake).toList();

    assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(wakes);
  }

  private static List<Claim> drain(Schedule schedule) {
    return Stream.generate(() -> schedule.due().claims())
        .takeWhile(claims -> !claims.isEmpty())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void no_more_is_claimed_at_once_than_a_batch_of_each_shard() {
    List<Wake> wakes =
        IntStream.range(0, 1_000)
            .mapToObj(_ -> PushSamples.urgent(PushSamples.device(), clock))
            .toList();
    schedule.admit(wakes).forEach(claim -> schedule.later(claim, clock.instant(), 0));
    Schedule.Due due = schedule.due();
    assertThat(due.claims()).hasSize(SHARDS * 100);
    assertThat(due.waiting()).isEqualTo(1_000);
  }

  @Test
  void nothing_stays_for_ever() {
    schedule.admit(List.of(PushSamples.urgent(device, clock))).forEach(schedule::sent);
    clock.move(Duration.ofSeconds(1));
    schedule.admit(List.of(PushSamples.urgent(device, clock)));
    assertThat(redis.keys("push:*"))
        .hasSize(3)
        .allSatisfy(key -> assertThat(redis.getExpire(key)).isPositive());
  }
}
