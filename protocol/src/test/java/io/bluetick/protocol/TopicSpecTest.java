package io.bluetick.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.TopicSpec.Scale;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSpecTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @ValueSource(strings = {"a", "mailbox.dead", "outbound.gateway-1_b"})
  void name_may_hold_letters_digits_dots_and_dashes(String name) {
    assertThat(new TopicSpec(name, Scale.SINGLE, HOUR, HOUR).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Mailbox", "mail box", "mail/box", "mailbox\n", "postfächer"})
  void other_names_are_refused(String name) {
    assertThatThrownBy(() -> new TopicSpec(name, Scale.SINGLE, HOUR, HOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a topic name");
  }

  /** Kafka's limit is 249; the rest is left to a deployment's prefix. */
  @Test
  void name_leaves_room_for_a_prefix() {
    assertThat(new TopicSpec("m".repeat(200), Scale.SINGLE, HOUR, HOUR).name()).hasSize(200);
    assertThatThrownBy(() -> new TopicSpec("m".repeat(201), Scale.SINGLE, HOUR, HOUR))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void segment_may_last_as_long_as_the_retention() {
    assertThat(new TopicSpec("mailbox", Scale.SINGLE, HOUR, HOUR).segment()).isEqualTo(HOUR);
  }

  @Test
  void segment_that_outlives_the_retention_is_refused() {
    assertThatThrownBy(() -> new TopicSpec("mailbox", Scale.SINGLE, HOUR, HOUR.plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mailbox");
  }
}
