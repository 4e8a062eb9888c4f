package io.bluetick.media.limit;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.media.TestDevice;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.HttpCaller;
import io.bluetick.testkit.service.ServiceTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Nobody listens where Redis should be. */
@Backends(Backend.S3)
@ServiceTest
@DirtiesContext
@TestPropertySource(
    properties = {
      "spring.data.redis.url=redis://127.0.0.1:1",
      "bluetick.limits.account-day=1000B",
      "bluetick.limits.largest-blob=1000B"
    })
class RedisAwayTest {

  @Test
  void the_service_is_ready_and_counts_alone(@Value("${local.server.port}") int port)
      throws Exception {
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(new HttpCaller(port).get("/actuator/health/readiness").statusCode())
                .isEqualTo(200));
    TestDevice anna = TestDevice.fresh(port);
    byte[] content = TestDevice.bytes(600);
    String blob = anna.upload(content);
    assertThat(anna.download(blob)).isEqualTo(content);
    assertProblem(anna.ask(content), 429, "rate-limited");
    assertThat(anna.delete(blob).statusCode()).isEqualTo(204);
  }
}
