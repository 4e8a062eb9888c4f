package io.bluetick.bench.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.device.Device;
import io.bluetick.bench.fake.FakeGateway;
import io.bluetick.bench.fake.Fault;
import io.bluetick.bench.measure.LinuxProcess;
import io.bluetick.bench.messages.MessagesPlan.Phase;
import io.bluetick.bench.messages.Servers.Meter;
import io.bluetick.bench.report.Report;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.noise.StaticKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole benchmark, small, with this very process in the part of every server. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class MessagesBenchTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final StaticKeys KEYS = StaticKeys.generate(RANDOM);
  private static final List<String> NAMES =
      List.of(
          "sockets",
          "messages_per_second",
          "server_cpu_us_per_message",
          "other_cpu_us_per_message",
          "full_receipt_ms",
          "half_messages_per_second",
          "half_cpu_us_per_message",
          "half_other_cpu_us_per_message",
          "sent_ms",
          "accepted_ms",
          "deliver_ms",
          "receipt_ms",
          "half_cpu_ms_per_second",
          "idle_cpu_ms_per_second",
          "offline_messages",
          "offline_accepted_per_second",
          "offline_stored_per_second",
          "offline_store_cpu_us_per_message",
          "offline_drained_per_second",
          "offline_drain_cpu_us_per_message",
          "repeated_stanzas",
          "goals",
          "failures",
          "failure_reasons");
  private static final Meter SELF = new LinuxProcess(ProcessHandle.current().pid())::cpuMicros;

  @Test
  void a_small_run_has_every_figure_under_its_stable_name() throws Exception {
    try (FakeGateway fake = new FakeGateway()) {
      AtomicLong looks = new AtomicLong(3);
      Report report = bench(fake, looks::decrementAndGet, EnumSet.allOf(Phase.class), 20, 4).run();
      assertThat(report.failures()).isEqualTo(Map.of());
      JsonNode json = JsonMapper.shared().readTree(report.json());
      assertThat(json.propertyNames()).containsExactlyElementsOf(NAMES);
      assertThat(json.path("server_cpu_us_per_message").propertyNames())
          .containsExactly("all", "gateway-service");
      for (String times : List.of("accepted_ms", "deliver_ms", "receipt_ms")) {
        assertThat(json.path(times).propertyNames()).containsExactly("p50", "p99", "p999", "max");
        assertThat(json.path(times).path("p50").asDouble()).isPositive();
      }
      assertThat(json.path("goals").path("messages_per_second").asInt()).isEqualTo(12_000);
      assertThat(json.path("offline_messages").asInt()).isEqualTo(300);
      assertThat(looks).hasValue(0);
      assertThat(fake.kept()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LOST, 2, a message came out of order",
    "LOST, 1, messages were accepted and never came",
    "TWICE, 1, a message came twice under two sequences",
    "OVERTAKEN, 2, a message came out of order",
    "ALTERED, 1, a message has not the content that was sent",
    "NO_TICK, 1, messages were sent and have no tick",
    "NO_RECEIPT, 1, messages came and have no receipt",
    "REFUSED, 1, a frame was refused: rate-limited",
    "NO_DRAINED, 1, 2 devices were not told that nothing waits for them"
  })
  void what_is_wrong_fails_in_a_clear_line(Fault fault, int inFlight, String line)
      throws Exception {
    try (FakeGateway fake = new FakeGateway()) {
      fake.misbehave(fault);
      Report report = bench(fake, () -> 0, Set.of(Phase.FULL), 2, inFlight).run();
      assertThat(report.isFine()).isFalse();
      assertThat(report.failures().keySet())
          .anySatisfy(reason -> assertThat(reason).contains(line));
    }
  }

  @Test
  void what_is_lost_while_its_recipient_is_away_is_missed() throws Exception {
    try (FakeGateway fake = new FakeGateway()) {
      fake.misbehave(Fault.LOST);
      Report report = bench(fake, () -> 0, Set.of(Phase.OFFLINE), 20, 1).run();
      assertThat(report.failures().keySet())
          .anySatisfy(reason -> assertThat(reason).contains("never came"));
    }
  }

  @Test
  void a_stanza_that_comes_again_is_dropped_and_counted() throws Exception {
    try (FakeGateway fake = new FakeGateway()) {
      fake.misbehave(Fault.REPEATED);
      Report report = bench(fake, () -> 0, Set.of(Phase.FULL), 2, 4).run();
      assertThat(report.failures()).isEqualTo(Map.of());
      JsonNode json = JsonMapper.shared().readTree(report.json());
      assertThat(json.path("repeated_stanzas").asInt()).isPositive();
    }
  }

  @Test
  void a_rate_that_the_server_cannot_bear_fails() throws Exception {
    try (FakeGateway fake = new FakeGateway()) {
      fake.misbehave(Fault.NO_RECEIPT);
      Report report = bench(fake, () -> 0, Set.of(Phase.HALF), 2, 1).run();
      assertThat(report.failures().keySet())
          .anySatisfy(reason -> assertThat(reason).contains("have no receipt"));
    }
  }

  private static MessagesBench bench(
      FakeGateway fake, Backlog backlog, Set<Phase> phases, int sockets, int inFlight) {
    Servers servers = new Servers(Map.of("gateway-service", SELF), Map.of("session-service", SELF));
    Stack stack = new Stack(fake.address(), servers, backlog, List.of("small"));
    List<Party> parties =
        Stream.generate(() -> new Party(new Device(AccountId.random(RANDOM), 0, KEYS), 1))
            .limit(sockets)
            .toList();
    MessagesPlan plan =
        new MessagesPlan(
            phases,
            inFlight,
            Duration.ofMillis(300),
            Duration.ofMillis(700),
            phases.contains(Phase.FULL) ? 0 : 500,
            300,
            4,
            Duration.ofSeconds(3));
    return new MessagesBench(stack, parties, plan, _ -> {});
  }
}
