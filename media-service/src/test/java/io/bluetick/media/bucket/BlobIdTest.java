package io.bluetick.media.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobIdTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
  private static final String RANDOM = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

  @Test
  void an_id_and_its_key_begin_with_the_day() {
    BlobId id = new BlobId(DAY, RANDOM);
    assertThat(id).hasToString("20261122-" + RANDOM);
    assertThat(id.key()).isEqualTo("20261122/" + RANDOM);
    assertThat(BlobId.parse(id.toString())).contains(id);
  }

  @Test
  void no_two_are_alike() {
    SecureRandom random = new SecureRandom();
    BlobId id = BlobId.fresh(DAY, random);
    assertThat(id.toString()).matches(BlobId.FORM);
    assertThat(BlobId.fresh(DAY, random)).isNotEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "20261122" + RANDOM,
        "20261122/" + RANDOM,
        "20261322-" + RANDOM,
        "20260231-" + RANDOM,
        "20261122-0F1E2D3C4B5A69788796A5B4C3D2E1F0",
        "20261122-" + RANDOM + "0",
        "../20261122-" + RANDOM,
        "20261122-" + RANDOM + "\n"
      })
  void what_is_no_id_names_nothing(String text) {
    assertThat(BlobId.parse(text)).isEmpty();
  }
}
