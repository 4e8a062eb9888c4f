package io.bluetick.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.device.Device;
import io.bluetick.bench.device.SocketClient;
import io.bluetick.bench.device.Target;
import io.bluetick.bench.fake.FakeGateway;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.noise.StaticKeys;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FleetTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final StaticKeys KEYS = StaticKeys.generate(RANDOM);

  private final FakeGateway gateway = new FakeGateway();
  private final SocketClient client = SocketClient.start(1);
  private final Failures failures = new Failures();

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  @Test
  void all_devices_open_and_all_leave() throws Exception {
    Fleet fleet = fleet(gateway.publicKey());
    fleet.open(devices(40), LIMIT);
    assertThat(fleet.sockets()).hasSize(40);
    fleet.leave(LIMIT);
    assertThat(failures.byReason()).isEmpty();
  }

  @Test
  void who_is_told_to_go_away_comes_back_after_the_delay_and_no_sooner() throws Exception {
    gateway.shed(5, 300);
    Fleet fleet = fleet(gateway.publicKey());
    long start = System.nanoTime();
    fleet.open(devices(5), LIMIT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    assertThat(fleet.sockets()).hasSize(5);
    assertThat(fleet.sheds()).isEqualTo(5);
    assertThat(gateway.came()).isEqualTo(10);
    assertThat(failures.total()).isZero();
  }

  @Test
  void a_refusal_is_a_failure_and_is_not_tried_again() throws Exception {
    Fleet fleet = fleet(StaticKeys.generate(RANDOM).publicKey());
    fleet.open(devices(3), LIMIT);
    assertThat(fleet.sockets()).isEmpty();
    assertThat(gateway.came()).isEqualTo(3);
    assertThat(failures.byReason())
        .hasSize(1)
        .allSatisfy((reason, count) -> assertThat(reason).contains("4401 unauthenticated"));
  }

  @Test
  void frames_are_echoed_in_windows_and_one_by_one() throws Exception {
    Fleet fleet = fleet(gateway.publicKey());
    fleet.open(devices(4), LIMIT);
    Exchange pipelined = new Exchange(fleet, 2, 8, PingScript::new, failures);
    assertThat(pipelined.run(100, LIMIT)).isEqualTo(100);
    assertThat(pipelined.run(50, LIMIT)).isEqualTo(50);
    Exchange single = new Exchange(fleet, 4, 1, PingScript::new, failures);
    assertThat(single.run(40, LIMIT)).isEqualTo(40);
    assertThat(failures.byReason()).isEmpty();
  }

  @Test
  void messages_count_when_they_are_accepted() throws Exception {
    Fleet fleet = fleet(gateway.publicKey());
    fleet.open(devices(2), LIMIT);
    Exchange messages =
        new Exchange(
            fleet,
            2,
            4,
            () -> new MessageScript(AccountId.random(RANDOM), new byte[180]),
            failures);
    assertThat(messages.run(20, LIMIT)).isEqualTo(20);
  }

  @Test
  void a_gateway_that_dies_ends_an_exchange_as_a_failure() throws Exception {
    Fleet fleet = fleet(gateway.publicKey());
    fleet.open(devices(2), LIMIT);
    gateway.close();
    new Exchange(fleet, 2, 1, PingScript::new, failures).run(1_000_000, LIMIT);
    assertThat(failures.total()).isPositive();
  }

  private Fleet fleet(byte[] serverKey) {
    Target target = new Target(gateway.address(), serverKey, LIMIT);
    return new Fleet(client, target, InetAddress.getLoopbackAddress(), 10, failures);
  }

  private static List<Device> devices(int count) {
    return Stream.generate(() -> new Device(AccountId.random(RANDOM), 0, KEYS))
        .limit(count)
        .toList();
  }
}
