package io.bluetick.e2e;

import io.bluetick.bench.device.PublishedKey;
import io.bluetick.bench.device.Target;
import io.bluetick.bench.member.Api;
import io.bluetick.bench.member.DevCodes;
import io.bluetick.bench.member.Linking;
import io.bluetick.bench.member.Member;
import io.bluetick.bench.member.Member.Tokens;
import io.bluetick.bench.member.Registrations;
import io.bluetick.e2e.BluetickScript.PartRow;
import io.bluetick.e2e.device.Network;
import io.bluetick.e2e.device.TestDevice;
import io.bluetick.e2e.history.History;
import io.bluetick.protocol.AccountId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Makes devices of new accounts, and lets them learn of each other, by the edge. */
final class People implements AutoCloseable {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);
  private static final int ONE_TIME_KEYS = 1;

  /** Apart from those that other scenarios register. */
  private static final int FIRST_NUMBER = 3_000_000;

  private static final int NUMBERS = 1_000_000;

  private final SplittableRandom random = new SplittableRandom();
  private final Network network;
  private final Api api;
  private final Registrations registrations;
  private final Linking linking;
  private int number = FIRST_NUMBER + random.nextInt(NUMBERS);

  private People(Network network, Api api, DevCodes codes) {
    this.network = network;
    this.api = api;
    this.registrations = new Registrations(api, codes, ONE_TIME_KEYS);
    this.linking = new Linking(api);
  }

  static People on(Map<String, PartRow> parts, Path home) throws IOException {
    int port = Objects.requireNonNull(parts.get("gateway-service")).port();
    InetSocketAddress gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    Target target = new Target(gateway, PublishedKey.of(gateway), OPEN_LIMIT);
    DevCodes codes = new DevCodes(home.resolve("logs/session-service.log"));
    Api api = new Api(URI.create("http://127.0.0.1:" + port), "");
    return new People(new Network(target), api, codes);
  }

  History history() {
    return network.history();
  }

  /** The phone of somebody new. */
  TestDevice register() throws IOException, InterruptedException {
    number++;
    return device(registrations.register(number));
  }

  /** Another device of the same account. Nobody else knows of it yet. */
  TestDevice link(TestDevice primary, int companion) throws IOException, InterruptedException {
    return device(linking.link(primary.member(), companion));
  }

  /** Both learn who the other's devices are. */
  void introduce(TestDevice one, TestDevice other) throws IOException, InterruptedException {
    tell(one, other.address().account());
    tell(other, one.address().account());
  }

  /** A device learns who an account's devices are. */
  void tell(TestDevice device, AccountId account) throws IOException, InterruptedException {
    String token = device.member().tokens().access();
    JsonNode bundles = api.post("/v1/keys/bundles", token, Map.of("account", account.toString()));
    Set<Integer> numbers = new TreeSet<>();
    bundles.path("devices").forEach(each -> numbers.add(each.path("device").asInt()));
    device.know(account, bundles.path("listVersion").asLong(), numbers);
  }

  private TestDevice device(Member member) throws IOException, InterruptedException {
    JsonNode tokens =
        api.post("/v1/tokens/refresh", Map.of("refreshToken", member.tokens().refresh()));
    member.refreshed(
        new Tokens(tokens.path("accessToken").asString(), tokens.path("refreshToken").asString()));
    return new TestDevice(network, member, random.split());
  }

  @Override
  public void close() {
    network.close();
  }
}
