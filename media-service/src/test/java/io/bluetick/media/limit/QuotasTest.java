package io.bluetick.media.limit;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.media.TestDevice;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.HttpCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

/** What a device and an account may ask for, through the service. */
@Backends({Backend.S3, Backend.REDIS})
@ServiceTest
@TestPropertySource(
    properties = {
      "bluetick.limits.account-day=1000B",
      "bluetick.limits.largest-blob=1000B",
      "bluetick.limits.rates.uploads.burst=3",
      "bluetick.limits.rates.uploads.per=1h",
      "bluetick.limits.rates.downloads.burst=2",
      "bluetick.limits.rates.downloads.per=1h",
      "bluetick.limits.rates.deletions.burst=1",
      "bluetick.limits.rates.deletions.per=1h"
    })
class QuotasTest {
  private static final byte[] SHA256 = TestDevice.bytes(32);

  private final int port;
  private final TestDevice anna;

  QuotasTest(@Value("${local.server.port}") int port) {
    this.port = port;
    this.anna = TestDevice.fresh(port);
  }

  @Test
  void the_devices_of_an_account_share_its_bytes_of_the_day() throws Exception {
    assertThat(anna.ask(600, SHA256).statusCode()).isEqualTo(201);
    HttpResponse<String> refused = anna.companion().ask(600, SHA256);
    assertProblem(refused, 429, "rate-limited");
    // 200 bytes are missing: a fifth of a day.
    assertThat(retryAfter(refused)).isBetween(17_000L, 17_281L);
    assertThat(anna.companion().ask(400, SHA256).statusCode()).isEqualTo(201);
    assertProblem(anna.ask(1, SHA256), 429, "rate-limited");
    assertThat(TestDevice.fresh(port).ask(1000, SHA256).statusCode()).isEqualTo(201);
  }

  @Test
  void a_blob_as_large_as_the_day_is_granted_once() throws Exception {
    assertThat(anna.ask(1000, SHA256).statusCode()).isEqualTo(201);
    assertProblem(anna.ask(1000, SHA256), 429, "rate-limited");
    assertProblem(anna.ask(1001, SHA256), 413, "payload-too-large");
  }

  @Test
  void a_device_uploads_so_often_and_no_more() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(anna.ask(1, SHA256).statusCode()).isEqualTo(201);
    }
    HttpResponse<String> refused = anna.ask(1, SHA256);
    assertProblem(refused, 429, "rate-limited");
    assertThat(retryAfter(refused)).isBetween(1_100L, 1_200L);
    assertThat(anna.companion().ask(1, SHA256).statusCode()).isEqualTo(201);
  }

  @Test
  void a_device_downloads_and_deletes_so_often_and_no_more() throws Exception {
    String blob = anna.upload(TestDevice.bytes(10));
    assertThat(anna.find(blob).statusCode()).isEqualTo(200);
    assertThat(anna.find(blob).statusCode()).isEqualTo(200);
    assertProblem(anna.find(blob), 429, "rate-limited");
    TestDevice other = TestDevice.fresh(port);
    assertProblem(other.delete(blob), 403, "forbidden");
    assertProblem(other.delete(blob), 429, "rate-limited");
    assertThat(anna.companion().find(blob).statusCode()).isEqualTo(200);
  }

  @Test
  void refusals_and_grants_are_counted() throws Exception {
    anna.ask(1000, SHA256);
    anna.ask(1000, SHA256);
    anna.ask(1001, SHA256);
    anna.find(anna.companion().account() + ""); // No id: refused before it is counted.
    assertThat(new HttpCaller(port).get("/actuator/prometheus").body())
        .containsPattern("bluetick_limits_refused_total\\{limit=\"BYTES\"")
        .containsPattern("bluetick_limits_refused_total\\{limit=\"SIZE\"")
        .contains("bluetick_media_uploads_total{", "bluetick_media_upload_bytes_total{")
        .contains("bluetick_media_downloads_total{", "bluetick_media_expired_total{");
  }

  private static long retryAfter(HttpResponse<String> refused) {
    return refused.headers().firstValueAsLong("Retry-After").orElseThrow();
  }
}
