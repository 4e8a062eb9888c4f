package io.bluetick.client.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaddingTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 159, 160, 161, 5_000})
  void what_is_padded_comes_back(int length) {
    byte[] content = new byte[length];
    byte[] padded = Padding.pad(content);
    assertThat(padded.length % Padding.STEP).isZero();
    assertThat(padded.length).isGreaterThan(length).isLessThanOrEqualTo(length + Padding.STEP);
    assertThat(Padding.strip(padded)).hasValue(content);
  }

  @Test
  void short_texts_look_alike() {
    assertThat(Padding.pad(new byte[3])).hasSameSizeAs(Padding.pad(new byte[150]));
  }

  @Test
  void what_was_not_padded_is_noticed() {
    assertThat(Padding.strip(new byte[160])).isEmpty();
    assertThat(Padding.strip(new byte[] {1, 2, 3})).isEmpty();
    assertThat(Padding.strip(new byte[0])).isEmpty();
  }
}
