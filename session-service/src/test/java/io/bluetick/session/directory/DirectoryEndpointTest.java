package io.bluetick.session.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.directory.AccountEntry;
import io.bluetick.directory.Directory;
import io.bluetick.directory.DirectoryLimits;
import io.bluetick.directory.DirectoryLink;
import io.bluetick.directory.HttpDeviceLists;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.DeviceListsAnswer;
import io.bluetick.protocol.v1.DeviceListsRequest;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionRequests;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.Accounts;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.redis.core.StringRedisTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class DirectoryEndpointTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SECRET = "a secret for tests, long enough for any";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI url;
  private final OwnedAccount owner;
  private final DeviceAddress phone;

  DirectoryEndpointTest(@LocalServerPort int port, @Autowired Accounts accounts) {
    this.url = URI.create("http://127.0.0.1:" + port);
    this.owner = OwnedAccount.register(accounts);
    this.phone = new DeviceAddress(owner.id(), 0);
  }

  @AfterEach
  void close() {
    http.close();
  }

  private HttpResponse<byte[]> post(String path, byte[] body, String authorization)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve("/internal/v1/" + path))
            .header("Authorization", authorization)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(String path, byte[] body)
      throws IOException, InterruptedException {
    return post(path, body, "Internal " + SECRET);
  }

  private SessionRequests.Builder opening(int times) {
    ByteString key = owner.devices().getFirst().getNoiseKey();
    SessionRequests.Builder requests = SessionRequests.newBuilder().setNode("g1");
    for (int i = 0; i < times; i++) {
      requests.addRequests(Asking.open(phone, key, i));
    }
    return requests;
  }

  @Test
  void a_gateway_opens_sessions() throws Exception {
    HttpResponse<byte[]> response = post("sessions", opening(256).build().toByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/x-protobuf");
    assertThat(SessionAnswers.parseFrom(response.body()).getAnswersList())
        .hasSize(256)
        .allSatisfy(answer -> assertThat(answer.hasOpened()).isTrue());
  }

  @Test
  void nobody_else_does() throws Exception {
    byte[] body = opening(1).build().toByteArray();
    assertThat(post("sessions", body, "Internal another").statusCode()).isEqualTo(401);
    assertThat(post("sessions", body, "Bearer " + owner.token()).statusCode()).isEqualTo(401);
    assertThat(post("devices", new byte[0], "Internal another").statusCode()).isEqualTo(401);
  }

  @Test
  void a_call_is_bounded() throws Exception {
    assertThat(post("sessions", opening(257).build().toByteArray()).statusCode()).isEqualTo(422);
    DeviceListsRequest.Builder many = DeviceListsRequest.newBuilder();
    for (int i = 0; i <= 1_000; i++) {
      many.addAccounts(owner.id().bytes());
    }
    assertThat(post("devices", many.build().toByteArray()).statusCode()).isEqualTo(422);
    assertThat(post("sessions", new byte[100_000]).statusCode()).isEqualTo(413);
  }

  @Test
  void what_is_no_request_is_refused() throws Exception {
    assertThat(post("sessions", new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
    byte[] nowhere = opening(1).setNode("no such name").build().toByteArray();
    assertThat(post("sessions", nowhere).statusCode()).isEqualTo(422);
    byte[] noId =
        DeviceListsRequest.newBuilder()
            .addAccounts(ByteString.copyFromUtf8("x"))
            .build()
            .toByteArray();
    assertThat(post("devices", noId).statusCode()).isEqualTo(422);
  }

  @Test
  void lists_are_told_in_the_order_of_the_question() throws Exception {
    DeviceListsRequest request =
        DeviceListsRequest.newBuilder()
            .addAccounts(new AccountId(1, 2).bytes())
            .addAccounts(owner.id().bytes())
            .build();
    DeviceListsAnswer answer =
        DeviceListsAnswer.parseFrom(post("devices", request.toByteArray()).body());
    assertThat(answer.getAccounts(0).getVersion()).isZero();
    assertThat(answer.getAccounts(1).getVersion()).isEqualTo(1);
    assertThat(answer.getAccounts(1).getDevices(0).getRegistration()).isEqualTo(1);
  }

  /** The reader of other services, over all that it uses. */
  @Test
  void a_reader_asks_for_what_redis_has_lost_and_finds_it_there_later(
      @Autowired DirectoryLink link, @Autowired StringRedisTemplate redis) {
    String key = DirectoryForTests.key(owner.id());
    await().atMost(LIMIT).until(() -> redis.delete(key));
    Directory directory =
        new Directory(
            link, new HttpDeviceLists(http, url, SECRET, LIMIT), DirectoryLimits.DEFAULTS);
    assertThat(directory.load(List.of(owner.id())))
        .succeedsWithin(LIMIT)
        .satisfies(this::assertKnown);
    await().atMost(LIMIT).until(() -> redis.hasKey(key));
  }

  private void assertKnown(Map<AccountId, AccountEntry> entries) {
    assertThat(entries).containsOnlyKeys(owner.id());
    assertThat(entries.values())
        .allSatisfy(entry -> {
          assertThat(entry.listVersion()).isEqualTo(1);
          assertThat(entry.devices()).containsOnlyKeys(0);
        });
  }
}
