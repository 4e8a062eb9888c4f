package io.bluetick.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.bench.device.PublishedKey;
import io.bluetick.bench.device.SocketClient;
import io.bluetick.bench.device.Target;
import io.bluetick.bench.member.Api;
import io.bluetick.bench.member.DevCodes;
import io.bluetick.bench.member.Registrations;
import io.bluetick.e2e.BluetickScript.PartRow;
import io.bluetick.e2e.Phone.Connection;
import io.bluetick.protocol.noise.StaticKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Devices from the first request to the end of their account, by the edge and real sockets. */
final class AccountScenario implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int ONE_TIME_KEYS = 2;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final SecureRandom random = new SecureRandom();
  private final SocketClient sockets = SocketClient.start(1);
  private final Target target;
  private final Registrations registrations;
  private final Operator operator;

  private AccountScenario(Target target, Registrations registrations, Operator operator) {
    this.target = target;
    this.registrations = registrations;
    this.operator = operator;
  }

  static AccountScenario on(Map<String, PartRow> parts, Path home) throws Exception {
    int port = Objects.requireNonNull(parts.get("gateway-service")).port();
    InetSocketAddress gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    URI edge = URI.create("http://%s:%d".formatted(HOST, port));
    DevCodes codes = new DevCodes(home.resolve("logs/session-service.log"));
    return new AccountScenario(
        new Target(gateway, PublishedKey.of(gateway), LIMIT),
        new Registrations(new Api(edge, ""), codes, ONE_TIME_KEYS),
        Operator.login(edge, home));
  }

  @Override
  public void close() {
    sockets.close();
  }

  void aDeviceConnectsUntilItMayNot() throws Exception {
    int number = random.nextInt(1_000_000);
    Phone phone = register(number);
    Connection first = phone.connect().open();
    assertThat(phone.connect(StaticKeys.generate(random)).ending())
        .isEqualTo("4401 unauthenticated");
    Connection second = phone.connect().open();
    assertThat(first.ending()).isEqualTo("4409 replaced");
    assertThat(operator.connected(phone.member().account())).isEqualTo(1);

    operator.suspend(phone.member().account());
    assertThat(second.ending()).isEqualTo("4403 suspended");
    assertThat(phone.connect().ending()).isEqualTo("4403 suspended");
    operator.restore(phone.member().account());
    Connection third = awaitOpen(phone);

    Phone taken = register(number);
    assertThat(taken.member().account()).isEqualTo(phone.member().account());
    assertThat(third.ending()).isEqualTo("4401 unauthenticated");
    assertThat(phone.connect().ending()).isEqualTo("4401 unauthenticated");
    awaitOpen(taken);
  }

  void redisForgets(int port) throws Exception {
    Phone phone = register(1_000_000 + random.nextInt(1_000_000));
    Connection connection = phone.connect().open();
    forgetAll(port);
    await().atMost(LIMIT).until(() -> operator.connected(phone.member().account()) == 1);
    assertThat(connection.isOpen()).isTrue();
    phone.connect().open();
    assertThat(connection.ending()).isEqualTo("4409 replaced");
  }

  private Phone register(int number) throws IOException, InterruptedException {
    return new Phone(registrations.register(number), sockets, target);
  }

  /** What changed of the account is told to the gateways' service after its transaction. */
  private static Connection awaitOpen(Phone phone) {
    return await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> phone.connect().open(), Connection::isOpen);
  }

  private static void forgetAll(int port) throws IOException {
    try (Socket redis = new Socket(InetAddress.getLoopbackAddress(), port)) {
      redis.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = redis.getInputStream().readNBytes(3);
      assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("+OK");
    }
  }
}
