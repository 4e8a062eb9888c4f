package io.bluetick.session.push;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.session.account.AccountIds;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class PushTokenEndpointTest {
  private static final String PATH = "/v1/push/token";
  private static final String FCM = "fcm-token-of-a-device";
  private static final String APNS = "ab".repeat(32);
  private static final String POINT =
      "BCVxsr7N/eNgVRqvHtD0zTZsEc6+VV+JvLexhqUzORcxaOzi6+AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4=";
  private static final String AUTH = "BTBZMqHH6r4Tts7J/aSIgg==";
  private static final String ENDPOINT = "https://updates.push.services.mozilla.com/wpush/v2/abc";

  private final ApiCaller api;
  private final JdbcClient sql;
  private final Tokens tokens;
  private final DeviceRowsForTests devices;
  private final DeviceAddress device;

  PushTokenEndpointTest(
      @Value("${local.server.port}") int port,
      @Autowired JdbcClient sql,
      @Autowired Tokens tokens) {
    this.api = new ApiCaller(port);
    this.sql = sql;
    this.tokens = tokens;
    this.devices = new DeviceRowsForTests(sql);
    this.device = devices.add();
  }

  @Test
  void a_device_tells_how_it_is_woken_and_the_newest_counts() throws Exception {
    assertThat(put(Map.of("kind", "fcm", "token", FCM)).statusCode()).isEqualTo(204);
    assertThat(stored()).containsExactly(new PushToken.Fcm(FCM));
    put(Map.of("kind", "apns", "token", APNS));
    assertThat(stored()).containsExactly(new PushToken.Apns(APNS, PushToken.ApnsTopic.APP));
    put(Map.of("kind", "apns", "token", APNS, "topic", "voip"));
    assertThat(stored()).containsExactly(new PushToken.Apns(APNS, PushToken.ApnsTopic.VOIP));
    put(Map.of("kind", "web", "endpoint", ENDPOINT, "p256dh", POINT, "auth", AUTH));
    assertThat(stored())
        .containsExactly(
            new PushToken.Web(
                ENDPOINT,
                POINT.replace('+', '-').replace('/', '_').replace("=", ""),
                "BTBZMqHH6r4Tts7J_aSIgg"));

    assertThat(caller().delete(PATH).statusCode()).isEqualTo(204);
    assertThat(stored()).isEmpty();
    assertThat(caller().delete(PATH).statusCode()).isEqualTo(204);
  }

  @Test
  void the_database_holds_no_token_in_clear() throws Exception {
    put(Map.of("kind", "fcm", "token", FCM));
    String row =
        sql.sql("SELECT push_token::text FROM push_token WHERE account = ?")
            .param(AccountIds.uuid(device.account()))
            .query(String.class)
            .single();
    assertThat(row).contains("fcm").doesNotContain(FCM);
    assertThat(row).doesNotContain(HexFormat.of().formatHex(FCM.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void a_token_of_another_row_does_not_open() throws Exception {
    put(Map.of("kind", "fcm", "token", FCM));
    DeviceAddress other = devices.add();
    tokens.put(other, 1, new PushToken.Fcm("another-token-of-fcm"));
    sql.sql(
            "UPDATE push_token SET token = (SELECT token FROM push_token WHERE account = :from)"
                + " WHERE account = :to")
        .param("from", AccountIds.uuid(device.account()))
        .param("to", AccountIds.uuid(other.account()))
        .update();
    assertThat(tokens.of(Set.of(other))).isEmpty();
  }

  @Test
  void only_the_token_that_was_found_is_removed() {
    tokens.put(device, 1, new PushToken.Fcm(FCM));
    Tokens.Stored found = found();
    tokens.put(device, 1, new PushToken.Fcm("a-newer-token-of-fcm"));
    tokens.remove(device, found);
    assertThat(stored()).hasSize(1);
    tokens.remove(device, found());
    assertThat(stored()).isEmpty();
  }

  @Test
  void a_new_phone_does_not_inherit_the_token_and_a_device_that_goes_takes_it_along()
      throws Exception {
    put(Map.of("kind", "fcm", "token", FCM));
    devices.registerAnew(device);
    assertThat(stored()).isEmpty();
    assertThat(tokens.put(device, 1, new PushToken.Fcm(FCM))).isFalse();
    assertThat(tokens.put(device, 2, new PushToken.Fcm(FCM))).isTrue();
    devices.remove(device);
    assertThat(
            sql.sql("SELECT count(*) FROM push_token WHERE account = ?")
                .param(AccountIds.uuid(device.account()))
                .query(Long.class)
                .single())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind': 'fcm', 'token': 'with spaces are none'}",
        "{'kind': 'fcm', 'token': ''}",
        "{'kind': 'fcm'}",
        "{'kind': 'apns', 'token': 'not hexadecimal'}",
        "{'kind': 'apns', 'token': 'abab'}",
        "{'kind': 'web', 'endpoint': 'http://fcm.googleapis.com/x', 'p256dh': 'P', 'auth': 'A'}",
        "{'kind': 'web', 'endpoint': 'https://10.0.0.1/x', 'p256dh': 'P', 'auth': 'A'}",
        "{'kind': 'web', 'endpoint': 'https://evil.example/x', 'p256dh': 'P', 'auth': 'A'}",
        "{'kind': 'web', 'endpoint': 'E', 'p256dh': 'QQ==', 'auth': 'A'}",
        "{'kind': 'web', 'endpoint': 'E', 'p256dh': 'Z', 'auth': 'A'}",
        "{'kind': 'web', 'endpoint': 'E', 'p256dh': 'P', 'auth': 'QQ=='}"
      })
  void what_can_be_no_token_is_refused(String body) throws Exception {
    String offTheCurve = POINT.substring(0, 80) + "AAAAAAA=";
    String json =
        body.replace("'P'", "'" + POINT + "'")
            .replace("'Z'", "'" + offTheCurve + "'")
            .replace("'A'", "'" + AUTH + "'")
            .replace("'E'", "'" + ENDPOINT + "'")
            .replace('\'', '"');
    HttpResponse<String> answer = caller().put(PATH, json);
    assertProblem(answer, 422, "invalid");
    assertThat(stored()).isEmpty();
  }

  @Test
  void a_kind_that_is_none_is_refused() throws Exception {
    assertProblem(caller().put(PATH, "{\"kind\": \"pigeon\"}"), 400, "bad-request");
  }

  @Test
  void only_devices_have_push_tokens() throws Exception {
    Map<String, String> body = Map.of("kind", "fcm", "token", FCM);
    assertProblem(api.put(PATH, body), 401, "unauthenticated");
    assertProblem(api.as(TestTokens.role("admin")).put(PATH, body), 403, "forbidden");
    devices.remove(device);
    assertProblem(put(body), 401, "unauthenticated");
  }

  @Test
  void without_web_push_there_is_no_key_for_browsers() throws Exception {
    assertProblem(caller().get("/v1/push/vapid-key"), 404, "not-found");
  }

  @Test
  void a_device_sets_so_many_tokens_and_no_more() throws Exception {
    Map<String, String> body = Map.of("kind", "fcm", "token", FCM);
    for (int i = 0; i < 20; i++) {
      assertThat(put(body).statusCode()).isEqualTo(204);
    }
    assertProblem(put(body), 429, "rate-limited");
  }

  private List<PushToken> stored() {
    return tokens.of(Set.of(device)).values().stream().map(Tokens.Stored::token).toList();
  }

  private Tokens.Stored found() {
    return Objects.requireNonNull(tokens.of(Set.of(device)).get(device));
  }

  private ApiCaller caller() {
    return api.as(TestTokens.device(device.account().toString(), device.device(), 1));
  }

  private HttpResponse<String> put(Map<String, String> body) throws Exception {
    return caller().put(PATH, body);
  }
}
