package io.bluetick.message.admin;

import static io.bluetick.testkit.service.ApiCaller.json;
import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect;
import io.bluetick.message.mailbox.Stanza;
import io.bluetick.message.owner.GatewayForTests;
import io.bluetick.message.quarantine.CommandLog;
import io.bluetick.message.quarantine.Quarantine;
import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.GroupChanged;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.StoredMessage;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

@Backends({Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS})
@ServiceTest
class AdminEndpointsTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final String ROOT = "/v1/admin/message";
  private static final String SECRET_WORD = "sealed-content";

  private final long nowMs = Clock.systemUTC().millis();

  private final AccountId account;

  @Autowired private Inbox inbox;
  @Autowired private CommandLog log;
  @Autowired private Quarantine quarantine;
  @Autowired private KafkaSettings kafka;

  @Value("${local.server.port}")
  private int port;

  private ApiCaller admin;
  private ApiCaller support;

  AdminEndpointsTest(RunningBackends backends) throws Exception {
    try (GatewayForTests gateway = new GatewayForTests(backends)) {
      account = gateway.account(0, 1);
    }
  }

  @BeforeEach
  void call() {
    admin = new ApiCaller(port, TestTokens.role("admin"));
    support = new ApiCaller(port, TestTokens.role("support"));
  }

  // ---- Mailboxes -------------------------------------------------------------------------------

  private String mailbox() {
    return ROOT + "/mailboxes/" + account;
  }

  private void save(int device, long sequence, long ageMs) {
    Delivery content =
        Delivery.newBuilder()
            .setMessage(
                StoredMessage.newBuilder().setCiphertext(ByteString.copyFromUtf8(SECRET_WORD)))
            .build();
    Stanza stanza = new Stanza(sequence, nowMs - ageMs, nowMs + 1_000_000_000L, content);
    inbox
        .save(List.of(new Effect.Rows(new DeviceKey(account, device, 1), List.of(stanza))), nowMs)
        .toCompletableFuture()
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void a_mailbox_is_shown_by_how_much_waits_and_since_when_and_never_by_what() throws Exception {
    save(0, 1, 90_000);
    save(0, 2, 10_000);
    save(1, 3, 5_000);

    HttpResponse<String> answer = support.get(mailbox());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode shown = json(answer);
    assertThat(shown.at("/account").asString()).isEqualTo(account.toString());
    assertThat(shown.at("/devices").size()).isEqualTo(2);
    assertThat(shown.at("/devices/0/device").asInt()).isZero();
    assertThat(shown.at("/devices/0/rows").asInt()).isEqualTo(2);
    assertThat(shown.at("/devices/0/oldestAgeS").asInt()).isBetween(89, 200);
    assertThat(shown.at("/devices/1/device").asInt()).isEqualTo(1);
    assertThat(answer.body()).doesNotContain(SECRET_WORD);
  }

  @Test
  void an_empty_mailbox_has_no_devices() throws Exception {
    assertThat(json(support.get(mailbox())).at("/devices").size()).isZero();
    assertProblem(admin.get(ROOT + "/mailboxes/me"), 400, "bad-request");
  }

  @Test
  void an_emptied_mailbox_is_soon_empty_but_for_what_companions_are_told() throws Exception {
    save(0, 1, 90_000);
    save(0, 2, 10_000);
    save(1, 3, 5_000);
    assertThat(admin.post(mailbox() + "/empty").statusCode()).isEqualTo(202);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          JsonNode devices = json(support.get(mailbox())).at("/devices");
          assertThat(devices.size()).isEqualTo(1);
          assertThat(devices.at("/0/device").asInt()).isEqualTo(1);
          assertThat(devices.at("/0/rows").asInt()).isEqualTo(1);
          assertThat(devices.at("/0/oldestAt").asString())
              .isGreaterThan(Instant.ofEpochMilli(nowMs).toString());
        });
  }

  // ---- Partitions ------------------------------------------------------------------------------

  private JsonNode partition(int number) throws Exception {
    HttpResponse<String> answer = support.get(ROOT + "/partitions");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).at("/partitions").size()).isEqualTo(kafka.partitions());
    return json(answer).at("/partitions/" + number);
  }

  @Test
  void a_partition_is_shown_with_its_owner_and_how_far_it_is() throws Exception {
    int number = Partitions.of(account, kafka.partitions());
    log.append(
        number,
        MailboxCommand.newBuilder()
            .setActor(account.bytes())
            .setGroupChanged(GroupChanged.newBuilder().setVersion(1))
            .build());
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          JsonNode shown = partition(number);
          assertThat(shown.at("/partition").asInt()).isEqualTo(number);
          assertThat(shown.at("/owner/instance").asString()).isNotEmpty();
          assertThat(shown.at("/owner/host").asString()).contains("127.0.0.1");
          assertThat(shown.at("/endOffset").asLong()).isPositive();
          assertThat(shown.at("/lag").asLong()).isZero();
          assertThat(shown.at("/committedOffset").asLong())
              .isEqualTo(shown.at("/endOffset").asLong());
          assertThat(shown.at("/checkpointAgeS").asLong()).isBetween(0L, 300L);
        });
  }

  // ---- Quarantine ------------------------------------------------------------------------------

  private long quarantine(long sequence) throws Exception {
    MailboxCommand command =
        MailboxCommand.newBuilder()
            .setActor(account.bytes())
            .setGroupChanged(GroupChanged.newBuilder().setVersion(1))
            .build();
    assertThat(
            quarantine
                .put(2, new Effect.Quarantine(sequence, command, "java.lang.Error: boom"))
                .toCompletableFuture())
        .succeedsWithin(LIMIT);
    return ours(ROOT + "/quarantine?limit=200").getFirst().at("/id").asLong();
  }

  private List<JsonNode> ours(String path) throws Exception {
    HttpResponse<String> answer = support.get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<JsonNode> ours = new ArrayList<>();
    for (JsonNode entry : json(answer).at("/entries")) {
      if (entry.at("/actor").asString("").equals(account.toString())) {
        ours.add(entry);
      }
    }
    return ours;
  }

  @Test
  void a_failed_command_is_listed_by_what_kind_it_was_and_why_it_failed() throws Exception {
    long id = quarantine(11);
    JsonNode entry = ours(ROOT + "/quarantine").getFirst();
    assertThat(entry.at("/id").asLong()).isEqualTo(id);
    assertThat(entry.at("/partition").asInt()).isEqualTo(2);
    assertThat(entry.at("/sequence").asLong()).isEqualTo(11);
    assertThat(entry.at("/kind").asString()).isEqualTo("group_changed");
    assertThat(entry.at("/cause").asString()).isEqualTo("java.lang.Error: boom");
    assertThat(entry.at("/state").asString()).isEqualTo("WAITING");
    assertThat(entry.has("decidedBy")).isFalse();
  }

  @Test
  void pages_lead_from_the_newest_to_older_ones() throws Exception {
    long older = quarantine(11);
    long newer = quarantine(12);
    JsonNode first = json(support.get(ROOT + "/quarantine?limit=1&before=" + (newer + 1)));
    assertThat(first.at("/entries/0/id").asLong()).isEqualTo(newer);
    assertThat(first.at("/next").asLong()).isEqualTo(newer);
    JsonNode second = json(support.get(ROOT + "/quarantine?limit=1&before=" + newer));
    assertThat(second.at("/entries/0/id").asLong()).isEqualTo(older);
    assertProblem(support.get(ROOT + "/quarantine?limit=0"), 422, "invalid");
    assertProblem(support.get(ROOT + "/quarantine?state=BURNT"), 400, "bad-request");
  }

  @Test
  void a_command_is_replayed_once_and_it_says_by_whom() throws Exception {
    long id = quarantine(11);
    HttpResponse<String> answer = admin.post(ROOT + "/quarantine/" + id + "/replay");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).at("/state").asString()).isEqualTo("REPLAYED");
    assertThat(json(answer).at("/decidedBy").asString()).isEqualTo("test-admin");
    assertProblem(admin.post(ROOT + "/quarantine/" + id + "/replay"), 409, "conflict");
    assertThat(ours(ROOT + "/quarantine?state=WAITING&limit=200")).isEmpty();
    assertThat(ours(ROOT + "/quarantine?state=REPLAYED&limit=200")).hasSize(1);
  }

  @Test
  void a_command_is_discarded_once() throws Exception {
    long id = quarantine(11);
    HttpResponse<String> answer = admin.post(ROOT + "/quarantine/" + id + "/discard");
    assertThat(json(answer).at("/state").asString()).isEqualTo("DISCARDED");
    assertProblem(admin.post(ROOT + "/quarantine/" + id + "/discard"), 409, "conflict");
    assertProblem(admin.post(ROOT + "/quarantine/999999999/discard"), 404, "not-found");
  }

  // ---- Who may ---------------------------------------------------------------------------------

  static Stream<String> forAdmins() {
    return Stream.of(
        "POST " + ROOT + "/mailboxes/00112233445566778899aabbccddeeff/empty",
        "POST " + ROOT + "/quarantine/1/replay",
        "POST " + ROOT + "/quarantine/1/discard");
  }

  static Stream<String> all() {
    return Stream.concat(
        Stream.of(
            "GET " + ROOT + "/mailboxes/00112233445566778899aabbccddeeff",
            "GET " + ROOT + "/partitions",
            "GET " + ROOT + "/quarantine"),
        forAdmins());
  }

  private static HttpResponse<String> ask(ApiCaller caller, String what) throws Exception {
    String path = what.substring(what.indexOf(' ') + 1);
    return what.startsWith("GET") ? caller.get(path) : caller.post(path);
  }

  @ParameterizedTest
  @MethodSource("all")
  void nobody_else_may_ask(String what) throws Exception {
    assertProblem(ask(new ApiCaller(port), what), 401, "unauthenticated");
    assertProblem(ask(admin.as(TestTokens.role("tester")), what), 403, "forbidden");
    assertProblem(
        ask(admin.as(TestTokens.device(account.toString(), 0, 1)), what), 403, "forbidden");
  }

  @ParameterizedTest
  @MethodSource("forAdmins")
  void support_may_look_and_not_act(String what) throws Exception {
    assertProblem(ask(support, what), 403, "forbidden");
  }
}
