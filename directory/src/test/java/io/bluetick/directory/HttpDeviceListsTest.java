package io.bluetick.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceListsAnswer;
import io.bluetick.protocol.v1.DeviceListsRequest;
import io.bluetick.protocol.v1.KnownDevices;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDeviceListsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String SECRET = "a secret for tests";

  private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private Function<DeviceListsRequest, byte[]> answer = HttpDeviceListsTest::versions;
  private int status = 200;
  private DeviceLists lists;

  HttpDeviceListsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    lists = new HttpDeviceLists(http, url, SECRET, Duration.ofSeconds(2));
    server.createContext("/internal/v1/devices", this::handle);
  }

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void close() {
    http.close();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    DeviceListsRequest request = DeviceListsRequest.parseFrom(exchange.getRequestBody());
    sizes.add(request.getAccountsCount());
    boolean knows =
        ("Internal " + SECRET).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = answer.apply(request);
    exchange.sendResponseHeaders(knows ? status : 401, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Each account's version is the last byte of its id. */
  private static byte[] versions(DeviceListsRequest request) {
    DeviceListsAnswer.Builder answer = DeviceListsAnswer.newBuilder();
    for (ByteString account : request.getAccountsList()) {
      answer.addAccounts(KnownDevices.newBuilder().setVersion(account.byteAt(AccountId.BYTES - 1)));
    }
    return answer.build().toByteArray();
  }

  private static List<AccountId> accounts(int count) {
    List<AccountId> accounts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      accounts.add(new AccountId(i, i % 100));
    }
    return accounts;
  }

  @Test
  void many_accounts_are_asked_for_in_batches() {
    Map<AccountId, KnownDevices> loaded = RealDirectory.answered(lists.load(accounts(2_100)));
    assertThat(sizes).containsExactly(1_000, 1_000, 100);
    assertThat(loaded).hasSize(2_100);
    assertThat(loaded)
        .allSatisfy((account, list) -> assertThat(list.getVersion()).isEqualTo(account.low()));
  }

  @Test
  void nobody_is_asked_for_nothing() {
    assertThat(RealDirectory.answered(lists.load(List.of()))).isEmpty();
    assertThat(sizes).isEmpty();
  }

  private void assertAway() {
    assertThat(lists.load(accounts(3)))
        .failsWithin(LIMIT)
        .withThrowableThat()
        .withCauseInstanceOf(DirectoryAwayException.class);
  }

  @Test
  void an_error_is_no_answer() {
    status = 503;
    assertAway();
  }

  @Test
  void nor_is_one_of_the_wrong_length_or_form() {
    answer = _ -> new byte[0];
    assertAway();
    answer = _ -> new byte[] {1, 2, 3};
    assertAway();
  }

  @Test
  void nor_is_a_refused_secret() {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    lists = new HttpDeviceLists(http, url, "another", Duration.ofSeconds(2));
    assertAway();
  }

  @Test
  void nor_is_silence() {
    server.stop(0);
    assertAway();
  }
}
