package io.bluetick.session.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SlowHashTest {
  private final SlowHash slowHash =
      new SlowHash(new SlowHashSettings(7168, 1, 1, Duration.ofMillis(1)));

  @EnableConfigurationProperties(SlowHashSettings.class)
  static class Settings {}

  @Test
  void a_hash_is_of_one_secret_and_never_the_same() {
    try (SlowHash.Turn turn = slowHash.turn()) {
      String hash = turn.hash("2580");
      assertThat(hash).startsWith("$argon2id$v=19$m=7168,t=1,p=1$").isNotEqualTo(turn.hash("2580"));
      assertThat(turn.matches("2580", hash)).isTrue();
      assertThat(turn.matches("2581", hash)).isFalse();
    }
  }

  @Test
  void a_hash_keeps_the_costs_that_it_was_made_with() {
    SlowHash dearer = new SlowHash(new SlowHashSettings(8192, 2, 1, Duration.ofMillis(1)));
    try (SlowHash.Turn turn = slowHash.turn();
        SlowHash.Turn later = dearer.turn()) {
      assertThat(later.matches("2580", turn.hash("2580"))).isTrue();
    }
  }

  @Test
  void there_are_no_more_at_once_than_memory_allows() {
    try (SlowHash.Turn _ = slowHash.turn()) {
      assertThatThrownBy(slowHash::turn)
          .isInstanceOfSatisfying(
              BluetickException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
    slowHash.turn().close();
  }

  @Test
  void defaults_suit_a_small_heap() {
    new ApplicationContextRunner()
        .withUserConfiguration(Settings.class)
        .run(context ->
            assertThat(context.getBean(SlowHashSettings.class))
                .isEqualTo(new SlowHashSettings(12_288, 3, 1, Duration.ofSeconds(2))));
  }
}
