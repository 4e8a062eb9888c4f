package io.bluetick.media.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3CallsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final S3Calls calls = new S3Calls(meters);

  private static S3Exception answered(int status) {
    return (S3Exception) S3Exception.builder().statusCode(status).message("no").build();
  }

  private static Object failing(int status) {
    throw answered(status);
  }

  private void assertUnavailable(Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            BluetickException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(meters.timer("bluetick.media.s3", "call", "head", "outcome", "failed").count())
        .isEqualTo(1);
  }

  @Test
  void a_store_that_nobody_reaches_is_unavailable() {
    BucketConfiguration wiring = new BucketConfiguration();
    BucketSettings nowhere =
        new BucketSettings(
            URI.create("http://127.0.0.1:1"),
            null,
            "us-east-1",
            "k",
            "s",
            "blobs",
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));
    try (S3Client s3 = wiring.s3(nowhere)) {
      assertUnavailable(() -> calls.call("head", () -> s3.headBucket(one -> one.bucket("blobs"))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void a_store_that_is_not_able_to_is_unavailable(int status) {
    assertUnavailable(() -> calls.call("head", () -> failing(status)));
  }

  @Test
  void a_store_that_refuses_is_a_fault_of_ours() {
    assertThatThrownBy(() -> calls.call("head", () -> failing(403)))
        .isInstanceOf(S3Exception.class);
  }

  @Test
  void what_it_answers_is_timed() {
    assertThat(calls.call("head", () -> "there")).isEqualTo("there");
    assertThat(meters.timer("bluetick.media.s3", "call", "head", "outcome", "ok").count())
        .isEqualTo(1);
  }
}
