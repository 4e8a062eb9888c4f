package io.bluetick.media.grant;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.media.Relay;
import io.bluetick.media.TestDevice;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import io.bluetick.testkit.service.HttpCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** S3 stops and comes back. */
@Backends({Backend.S3, Backend.REDIS})
@ServiceTest
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class StoreAwayTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Relay RELAY = new Relay();
  private static final int DAY_BYTES = 1_000_000;

  private final int port;
  private final String store;
  private final TestDevice anna;
  private final byte[] content = TestDevice.bytes(DAY_BYTES / 2);

  StoreAwayTest(@Value("${local.server.port}") int port, @Value("${BLUETICK_S3}") String store) {
    this.port = port;
    this.store = store;
    this.anna = TestDevice.fresh(port);
  }

  @DynamicPropertySource
  static void throughTheRelay(DynamicPropertyRegistry registry) {
    registry.add("bluetick.s3.endpoint", RELAY::url);
    registry.add("bluetick.s3.call-timeout", () -> "2s");
    registry.add("bluetick.limits.account-day", () -> DAY_BYTES + "B");
    registry.add("bluetick.limits.largest-blob", () -> DAY_BYTES + "B");
  }

  @BeforeAll
  static void open(RunningBackends backends) throws IOException {
    RELAY.mend(backends.get("BLUETICK_S3"));
  }

  @BeforeEach
  void mended() throws Exception {
    RELAY.mend(store);
    awaitReady(200);
  }

  @AfterAll
  static void close() throws IOException {
    RELAY.close();
  }

  @Test
  void while_it_is_away_all_is_refused_for_now_and_nothing_is_lost() throws Exception {
    String blob = anna.upload(content);
    RELAY.cut();
    awaitReady(503);
    for (int i = 0; i < 3; i++) {
      assertProblem(anna.ask(content), 503, "unavailable");
    }
    assertProblem(anna.find(blob), 503, "unavailable");
    assertProblem(anna.delete(blob), 503, "unavailable");

    RELAY.mend(store);
    awaitReady(200);
    assertThat(anna.download(blob)).isEqualTo(content);
    anna.upload(content); // The other half of the day: what was refused has cost nothing.
    assertProblem(anna.ask(content), 429, "rate-limited");
  }

  @Test
  void no_id_url_or_account_is_in_the_logs(CapturedOutput logs) throws Exception {
    TestDevice.Grant grant = anna.granted(content);
    TestDevice.put(grant, content);
    anna.download(grant.blob());
    assertProblem(TestDevice.fresh(port).delete(grant.blob()), 403, "forbidden");
    RELAY.cut();
    awaitReady(503);
    assertProblem(anna.find(grant.blob()), 503, "unavailable");
    assertProblem(anna.delete(grant.blob()), 503, "unavailable");
    await().atMost(LIMIT).until(() -> logs.getAll().contains("/v1/media/blobs/{id}"));
    String random = grant.blob().substring(grant.blob().indexOf('-') + 1);
    assertThat(logs.getAll())
        .contains("/v1/media/downloads")
        .doesNotContain(random, anna.account().toString(), "X-Amz-Signature")
        .doesNotContain(String.valueOf(grant.headers().get("x-amz-meta-owner")));
  }

  private void awaitReady(int status) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(new HttpCaller(port).get("/actuator/health/readiness").statusCode())
                .isEqualTo(status));
  }
}
