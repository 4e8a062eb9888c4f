package io.bluetick.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.Relay;
import io.bluetick.platform.limit.Verdict;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@Backends(Backend.REDIS)
class RedisBucketsTest extends BucketsContract {
  private static final Limit LIMIT = new Limit(5, 60);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String database;
  private final Relay relay;
  private final RedisLink link;
  private final RedisClient direct;
  private final RedisBuckets buckets;

  RedisBucketsTest(RunningBackends backends) {
    database = "/" + backends.get("BLUETICK_REDIS_DATABASE");
    relay = new Relay();
    relay.leadTo(backends.get("BLUETICK_REDIS"));
    link = new RedisLink(settings("redis://" + relay.address() + database));
    direct = RedisClient.create("redis://" + backends.get("BLUETICK_REDIS") + database);
    buckets = new RedisBuckets(link, Duration.ofSeconds(1));
  }

  @BeforeEach
  void connect() throws IOException {
    relay.mend();
  }

  @AfterEach
  void disconnect() throws IOException {
    link.close();
    direct.shutdown();
    relay.close();
  }

  @Override
  Verdict take(String name, Limit limit) {
    return TestAnswers.of(buckets.take(name, limit), PATIENCE);
  }

  @Test
  void a_bucket_is_one_key_that_goes_when_it_is_full() {
    RedisCommands<String, String> redis = direct.connect().sync();
    take("expiring", LIMIT);
    take("expiring", LIMIT);
    assertThat(redis.get("limit:expiring")).matches("[0-9]{16}");
    assertThat(redis.pttl("limit:expiring")).isBetween(1_000L, 2_000L);
  }

  @Test
  void a_script_that_redis_forgot_is_sent_again() {
    take("forgetting", LIMIT);
    direct.connect().sync().scriptFlush();
    assertThat(take("forgetting", LIMIT).remaining()).isEqualTo(3);
  }

  @Test
  void a_lost_connection_fails_at_once_and_comes_back() throws IOException {
    take("lost", LIMIT);
    relay.cut();
    assertThatThrownBy(() -> take("lost", LIMIT)).isNotNull();
    relay.mend();
    TestAnswers.eventually(() -> take("lost", LIMIT));
  }

  @Test
  void a_silent_connection_is_given_up_for_a_new_one() {
    take("silent", LIMIT);
    relay.silence();
    assertThatThrownBy(() -> take("silent", LIMIT)).hasMessageContaining("1000ms");
    // That connection stays silent for ever: only a new one can answer.
    TestAnswers.eventually(() -> take("silent", LIMIT));
  }

  @Test
  void a_redis_that_was_never_there_fails_and_is_found_when_it_comes() throws IOException {
    relay.cut();
    assertThatThrownBy(() -> take("late", LIMIT)).isNotNull();
    relay.mend();
    TestAnswers.eventually(() -> take("late", LIMIT));
  }

  private static LimitSettings settings(String redis) {
    return new LimitSettings(
        redis,
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        10,
        LIMIT,
        LIMIT,
        Map.of());
  }
}
