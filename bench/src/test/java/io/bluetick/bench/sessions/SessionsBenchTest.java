package io.bluetick.bench.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.fake.FakeSessionService;
import io.bluetick.bench.measure.LinuxProcess;
import io.bluetick.bench.measure.ProcessTree;
import io.bluetick.bench.member.DevCodes;
import io.bluetick.bench.report.Report;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole benchmark, small, with this very process in the part of service and database. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SessionsBenchTest {
  private static final SessionsPlan PLAN = new SessionsPlan(4, 3, 40, 20, 16, 4, 2);

  @TempDir private Path folder;

  @Test
  void a_small_run_has_every_figure_under_its_stable_name() throws Exception {
    Path log = folder.resolve("service.log");
    try (FakeSessionService fake = new FakeSessionService(log)) {
      Report report = bench(fake, log).run();
      assertThat(report.failures()).isEqualTo(Map.of());
      JsonNode json = JsonMapper.shared().readTree(report.json());
      assertThat(json.propertyNames())
          .containsExactly(
              "devices",
              "cpu_us_per_login",
              "postgres_cpu_us_per_login",
              "logins_per_second_per_core",
              "logins_per_second",
              "cpu_us_per_bundle",
              "postgres_cpu_us_per_bundle",
              "bundles_per_second",
              "bundle_ms_p50",
              "bundle_ms_p99",
              "cpu_us_per_open",
              "postgres_cpu_us_per_open",
              "cpu_us_per_open_together",
              "postgres_cpu_us_per_open_together",
              "opens_per_second_together",
              "failures",
              "failure_reasons");
      assertThat(json.path("devices").asInt()).isEqualTo(4);
      assertThat(json.path("bundle_ms_p99").asDouble()).isPositive();
      assertThat(fake.asked("/v1/registration")).isEqualTo(4);
      assertThat(fake.asked("/v1/tokens/refresh")).isEqualTo(80);
      assertThat(fake.asked("/v1/keys/bundles")).isEqualTo(60);
      assertThat(fake.asked("/internal/v1/sessions")).isEqualTo(2 * (16 + 4));
    }
  }

  @Test
  void what_fails_is_told_and_nothing_is_measured_of_it() throws Exception {
    Path log = folder.resolve("service.log");
    try (FakeSessionService fake = new FakeSessionService(log)) {
      fake.refuse("/v1/tokens/refresh");
      Report report = bench(fake, log).run();
      assertThat(report.isFine()).isFalse();
      assertThat(report.failures())
          .containsOnlyKeys("/v1/tokens/refresh answered 429 rate-limited");
      assertThat(report.json())
          .contains("\"cpu_us_per_login\":null,", "\"logins_per_second_per_core\":null,")
          .doesNotContain("cpu_us_per_bundle");
      assertThat(fake.asked("/v1/keys/bundles")).isZero();
    }
  }

  @Test
  void bundles_that_fail_have_no_rate_and_end_the_run() throws Exception {
    Path log = folder.resolve("service.log");
    try (FakeSessionService fake = new FakeSessionService(log)) {
      fake.refuse("/v1/keys/bundles");
      Report report = bench(fake, log).run();
      assertThat(report.failures()).containsOnlyKeys("/v1/keys/bundles answered 429 rate-limited");
      assertThat(report.json()).doesNotContain("bundle_ms_p50", "cpu_us_per_open");
    }
  }

  private static SessionsBench bench(FakeSessionService fake, Path log) {
    long self = ProcessHandle.current().pid();
    SessionService service =
        new SessionService(
            fake.url(),
            FakeSessionService.INTERNAL_SECRET,
            new LinuxProcess(self),
            new ProcessTree(self));
    return new SessionsBench(service, PLAN, new DevCodes(log), _ -> {});
  }
}
