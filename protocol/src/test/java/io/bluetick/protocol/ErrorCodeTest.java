package io.bluetick.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.ErrorCode.Retry;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

  /** Clients branch on these. A line may be added; none may change or go. */
  @Test
  void codes_are_as_they_were_published() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCodeTest::published))
        .containsExactly(
            "bad-request 400 NEVER",
            "unauthenticated 401 NEVER",
            "forbidden 403 NEVER",
            "not-found 404 NEVER",
            "method-not-allowed 405 NEVER",
            "not-acceptable 406 NEVER",
            "conflict 409 NEVER",
            "payload-too-large 413 NEVER",
            "unsupported-media-type 415 NEVER",
            "invalid 422 NEVER",
            "rate-limited 429 LATER",
            "internal 500 LATER",
            "unavailable 503 LATER",
            "timed-out 504 LATER",
            "unknown-frame 400 NEVER",
            "unknown-alias 400 NEVER",
            "too-slow 408 LATER",
            "out-of-order 409 NEVER",
            "replaced 409 NEVER",
            "too-many 422 NEVER",
            "upgrade-required 426 NEVER",
            "refused-before 425 LATER",
            "token-reused 401 NEVER",
            "suspended 403 NEVER",
            "stale-list 409 NEVER",
            "expired 410 NEVER",
            "wrong-code 422 NEVER",
            "wrong-pin 422 NEVER",
            "bad-signature 422 NEVER",
            "pin-required 423 NEVER");
  }

  @Test
  void no_two_codes_share_a_slug() {
    assertThat(ErrorCode.values()).extracting(ErrorCode::slug).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void slug_is_words_joined_by_hyphens(ErrorCode code) {
    assertThat(code.slug()).matches("[a-z]+(-[a-z]+)*");
  }

  @ParameterizedTest
  @EnumSource
  void faults_of_the_server_may_be_tried_again(ErrorCode code) {
    if (code.httpStatus() >= 500) {
      assertThat(code.retry()).isEqualTo(Retry.LATER);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, BAD_REQUEST",
    "401, UNAUTHENTICATED",
    "404, NOT_FOUND",
    "429, RATE_LIMITED",
    "500, INTERNAL",
    "503, UNAVAILABLE",
    "504, TIMED_OUT"
  })
  void http_status_has_its_code(int status, ErrorCode code) {
    assertThat(ErrorCode.ofHttpStatus(status)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "402, BAD_REQUEST",
    "418, BAD_REQUEST",
    "499, BAD_REQUEST",
    "501, INTERNAL",
    "599, INTERNAL",
    "302, INTERNAL",
    "0, INTERNAL"
  })
  void unknown_http_status_falls_back_to_its_class(int status, ErrorCode code) {
    assertThat(ErrorCode.ofHttpStatus(status)).isEqualTo(code);
  }

  private static String published(ErrorCode code) {
    return "%s %d %s".formatted(code.slug(), code.httpStatus(), code.retry());
  }
}
