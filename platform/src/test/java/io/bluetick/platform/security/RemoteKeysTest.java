package io.bluetick.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bluetick.platform.security.TestIssuer.SigningKey;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteKeysTest {
  private final MovingClock clock = new MovingClock();
  private final TestIssuer issuer = new TestIssuer();
  private final RemoteKeys keys = new RemoteKeys(issuer.url(), clock);

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void keys_are_fetched_once_and_kept() {
    issuer.publishes(SigningKey.of("a").jwk());
    assertThat(holds("a")).isTrue();
    assertThat(holds("a")).isTrue();
    assertThat(issuer.asked()).isEqualTo(1);
  }

  @Test
  void an_unknown_id_fetches_the_rotated_key() {
    issuer.publishes(SigningKey.of("a").jwk());
    assertThat(holds("a")).isTrue();
    issuer.publishes(SigningKey.of("a").jwk(), SigningKey.of("b").jwk());
    clock.move(RemoteKeys.PAUSE);
    assertThat(holds("b")).isTrue();
    assertThat(issuer.asked()).isEqualTo(2);
  }

  @Test
  void invented_ids_cost_one_fetch_per_pause() {
    issuer.publishes(SigningKey.of("a").jwk());
    for (int i = 0; i < 50; i++) {
      assertThat(holds("invented" + i)).isFalse();
    }
    assertThat(issuer.asked()).isEqualTo(1);
    clock.move(RemoteKeys.PAUSE);
    assertThat(holds("invented")).isFalse();
    assertThat(issuer.asked()).isEqualTo(2);
  }

  @Test
  void many_who_ask_at_once_share_a_fetch() {
    issuer.publishes(SigningKey.of("a").jwk());
    List<CompletableFuture<Keyring>> all =
        Stream.generate(() -> keys.holding("a")).limit(100).toList();
    assertThat(all).allSatisfy(one -> assertThat(one.join().holds("a")).isTrue());
    assertThat(issuer.asked()).isEqualTo(1);
  }

  @Test
  void old_keys_go_on_being_used_while_newer_ones_are_fetched() {
    issuer.publishes(SigningKey.of("a").jwk());
    assertThat(holds("a")).isTrue();
    issuer.publishes(SigningKey.of("b").jwk());
    clock.move(RemoteKeys.FRESH);
    assertThat(keys.holding("a")).isDone();
    await().atMost(Duration.ofSeconds(5)).until(() -> holds("b"));
    assertThat(holds("a")).as("taken back by the issuer").isFalse();
  }

  @Test
  void an_issuer_that_is_away_locks_nobody_out() {
    issuer.publishes(SigningKey.of("a").jwk());
    assertThat(holds("a")).isTrue();
    issuer.close();
    for (int i = 0; i < 3; i++) {
      clock.move(RemoteKeys.FRESH);
      assertThat(holds("a")).isTrue();
      assertThat(holds("b")).isFalse();
    }
  }

  @Test
  void an_error_or_nonsense_takes_no_key_away() {
    issuer.publishes(SigningKey.of("a").jwk());
    assertThat(holds("a")).isTrue();
    issuer.answers(500);
    clock.move(RemoteKeys.FRESH);
    assertThat(holds("b")).isFalse();
    assertThat(holds("a")).isTrue();
  }

  @Test
  void without_any_keys_nobody_can_say_and_it_is_tried_again() {
    issuer.answers(503);
    assertThatThrownBy(() -> keys.holding("a").join())
        .cause()
        .isInstanceOfSatisfying(
            BluetickException.class,
            known -> assertThat(known.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    issuer.answers(200);
    issuer.publishes(SigningKey.of("a").jwk());
    clock.move(RemoteKeys.PAUSE);
    assertThat(holds("a")).isTrue();
  }

  private boolean holds(String kid) {
    return keys.holding(kid).join().holds(kid);
  }

  private static final class MovingClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
