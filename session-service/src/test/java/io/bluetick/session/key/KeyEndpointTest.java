package io.bluetick.session.key;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Caller;
import io.bluetick.session.account.Devices;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class KeyEndpointTest {
  private final Accounts accounts;
  private final Devices devices;
  private final Keys keys;
  private final JsonMapper json;
  private final ApiCaller anybody;
  private final RegisteredDevice device;

  @Autowired
  KeyEndpointTest(
      Accounts accounts,
      Devices devices,
      Keys keys,
      JsonMapper json,
      @Value("${local.server.port}") int port) {
    this.accounts = accounts;
    this.devices = devices;
    this.keys = keys;
    this.json = json;
    this.anybody = new ApiCaller(port);
    this.device = RegisteredDevice.register(accounts);
    keys.store(device.account(), 0, device.keys().first());
  }

  @Test
  void a_device_uploads_keys_and_counts_them() throws Exception {
    KeySet set = device.keys().oneTime(1, 3);
    for (int times = 0; times < 2; times++) {
      HttpResponse<String> uploaded = upload(set);
      assertThat(uploaded.statusCode()).as(uploaded.body()).isEqualTo(200);
      assertThat(uploaded.body()).isEqualTo("{\"ecOneTime\":3,\"kyberOneTime\":3}");
    }
    assertThat(as(device).get("/v1/keys/counts").body())
        .isEqualTo("{\"ecOneTime\":3,\"kyberOneTime\":3}");
  }

  @Test
  void another_account_takes_bundles_of_all_devices() throws Exception {
    RegisteredDevice companion = device.link(devices, 4);
    keys.store(companion.account(), 4, companion.keys().first());
    KeySet set = device.keys().oneTime(8, 8);
    keys.upload(device.caller(), set);
    HttpResponse<String> answer = bundles(RegisteredDevice.register(accounts), device.account());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode bundles = ApiCaller.json(answer);
    assertThat(bundles.at("/listVersion").asLong()).isEqualTo(2);
    DeviceList list = DeviceList.parseFrom(bytes(bundles.at("/signedList/list")));
    assertThat(list.getDevicesList()).extracting(each -> each.getDevice()).containsExactly(0, 4);
    JsonNode primary = bundles.at("/devices/0");
    assertThat(bytes(primary.at("/identityKey"))).isEqualTo(list.getDevices(0).getIdentityKey());
    assertThat(primary.at("/registration").asInt()).isEqualTo(device.caller().registration());
    assertThat(bytes(primary.at("/ecOneTime/publicKey")))
        .isEqualTo(set.ecOneTime().getFirst().publicKey());
    assertThat(bytes(primary.at("/kyber/publicKey")))
        .isEqualTo(set.kyberOneTime().getFirst().publicKey());
    assertThat(primary.at("/kyberIsLastResort").asBoolean()).isFalse();
    assertThat(bundles.at("/devices/1/device").asInt()).isEqualTo(4);
    assertThat(bundles.at("/devices/1/kyberIsLastResort").asBoolean()).isTrue();
    assertThat(bundles.at("/devices/1").has("ecOneTime")).isFalse();
  }

  @Test
  void the_list_of_an_account_is_looked_at_without_taking_keys() throws Exception {
    keys.upload(device.caller(), device.keys().oneTime(1, 1));
    RegisteredDevice other = RegisteredDevice.register(accounts);
    HttpResponse<String> answer = as(other).get("/v1/keys/lists/" + device.account());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode list = ApiCaller.json(answer);
    assertThat(list.at("/listVersion").asLong()).isEqualTo(device.listVersion());
    assertThat(DeviceList.parseFrom(bytes(list.at("/signedList/list"))).getAccount())
        .isEqualTo(device.account().bytes());
    assertThat(as(device).get("/v1/keys/counts").body())
        .isEqualTo("{\"ecOneTime\":1,\"kyberOneTime\":1}");
    AccountId nobody = AccountId.random(new SecureRandom());
    assertProblem(as(other).get("/v1/keys/lists/" + nobody), 404, "not-found");
    accounts.suspend(device.account());
    assertProblem(as(other).get("/v1/keys/lists/" + device.account()), 404, "not-found");
  }

  @Test
  void only_the_named_devices_give_bundles() throws Exception {
    RegisteredDevice companion = device.link(devices, 4);
    keys.store(companion.account(), 4, companion.keys().first());
    Map<String, Object> ask =
        Map.of("account", device.account().toString(), "devices", List.of(4, 5));
    HttpResponse<String> answer = as(device).post("/v1/keys/bundles", ask);
    assertThat(ApiCaller.json(answer).at("/devices").valueStream())
        .singleElement()
        .satisfies(bundle -> assertThat(bundle.at("/device").asInt()).isEqualTo(4));
  }

  @Test
  void what_is_not_there_has_no_bundles() throws Exception {
    assertProblem(bundles(device, AccountId.random(new SecureRandom())), 404, "not-found");
    RegisteredDevice suspended = RegisteredDevice.register(accounts);
    accounts.suspend(suspended.account());
    assertProblem(bundles(device, suspended.account()), 404, "not-found");
    assertProblem(bundles(suspended, device.account()), 403, "suspended");
  }

  @Test
  void the_check_tells_whether_the_keys_are_the_devices() throws Exception {
    String wrong = Base64.getEncoder().encodeToString(new byte[32]);
    assertProblem(as(device).post("/v1/keys/check", Map.of("sha256", wrong)), 409, "conflict");
    KeySet first = device.keys().first();
    upload(first);
    String right = Base64.getEncoder().encodeToString(TestDigest.of(device.identityKey(), first));
    assertThat(as(device).post("/v1/keys/check", Map.of("sha256", right)).statusCode())
        .isEqualTo(204);
  }

  @Test
  void a_refused_upload_says_what_is_wrong() throws Exception {
    KeyMaker other = RegisteredDevice.register(accounts).keys();
    HttpResponse<String> forged = upload(other.oneTime(1, 1));
    assertProblem(forged, 422, "bad-signature");
    assertThat(forged.body()).contains("'kyberOneTime[0]'");
    upload(device.keys().oneTime(1, 1));
    assertProblem(upload(device.keys().oneTime(1, 1)), 409, "conflict");
    List<EcKey> hundred = IntStream.range(2, 102).mapToObj(other::ec).toList();
    HttpResponse<String> tooMany = upload(new KeySet(null, null, hundred, List.of()));
    assertProblem(tooMany, 422, "too-many");
    assertThat(tooMany.body()).contains("1 one-time keys of this kind (ec) are in stock");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ecOneTime\":[null]}",
        "{\"ecOneTime\":[{\"id\":1,\"publicKey\":null}]}",
        "{\"ecOneTime\":[{\"id\":1,\"publicKey\":\"BQ==\"}]}",
        "{\"ecOneTime\":[{\"id\":-1,\"publicKey\":\"KEY\"}]}",
        "{\"ecOneTime\":[{\"id\":16777216,\"publicKey\":\"KEY\"}]}",
        "{\"kyberOneTime\":[{\"id\":1,\"publicKey\":\"KEY\",\"signature\":\"KEY\"}]}",
        "{\"signedPreKey\":{\"id\":1,\"publicKey\":\"KEY\",\"signature\":\"KEY\"}}",
        "{\"lastResortKyber\":{\"id\":1,\"publicKey\":\"KEY\"}}"
      })
  void what_is_no_set_of_keys_is_invalid(String body) throws Exception {
    String key = Base64.getEncoder().encodeToString(device.identityKey().toByteArray());
    assertProblem(as(device).put("/v1/keys", body.replace("KEY", key)), 422, "invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ecOneTime\":[{\"publicKey\":\"KEY\"}]}",
        "{\"ecOneTime\":[{\"id\":1,\"publicKey\":\"not base64\"}]}",
        "{\"ecOneTime\":{}}",
        "{\"surprise\":1}",
        "[]"
      })
  void what_is_not_the_json_of_a_set_is_a_bad_request(String body) throws Exception {
    String key = Base64.getEncoder().encodeToString(device.identityKey().toByteArray());
    assertProblem(as(device).put("/v1/keys", body.replace("KEY", key)), 400, "bad-request");
  }

  @Test
  void more_than_a_hundred_keys_at_once_are_invalid() throws Exception {
    List<EcKey> keys = IntStream.range(0, 101).mapToObj(device.keys()::ec).toList();
    assertProblem(upload(new KeySet(null, null, keys, List.of())), 422, "invalid");
  }

  @Test
  void what_is_no_question_for_bundles_is_refused() throws Exception {
    for (Object ask :
        List.of(
            Map.of(),
            Map.of("account", device.account().toString(), "devices", List.of()),
            Map.of("account", device.account().toString(), "devices", List.of(128)))) {
      assertProblem(as(device).post("/v1/keys/bundles", ask), 422, "invalid");
    }
    assertProblem(
        as(device).post("/v1/keys/bundles", Map.of("account", "ann")), 400, "bad-request");
  }

  @Test
  void keys_are_for_devices_alone() throws Exception {
    for (String token : List.of(TestTokens.VALID, TestTokens.role("admin"))) {
      assertProblem(anybody.as(token).get("/v1/keys/counts"), 403, "forbidden");
    }
    assertProblem(anybody.get("/v1/keys/counts"), 401, "unauthenticated");
    assertProblem(
        anybody
            .as(TestTokens.device(device.account().toString(), 0, 99))
            .put("/v1/keys", json.writeValueAsString(device.keys().first())),
        401,
        "unauthenticated");
  }

  @Test
  void one_account_is_asked_for_only_so_often() throws Exception {
    RegisteredDevice asker = RegisteredDevice.register(accounts);
    for (int times = 0; times < 10; times++) {
      assertThat(bundles(asker, device.account()).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> refused = bundles(asker, device.account());
    assertProblem(refused, 429, "rate-limited");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(bundles(asker, asker.account()).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> upload(KeySet set) throws Exception {
    return as(device).put("/v1/keys", json.writeValueAsString(set));
  }

  private HttpResponse<String> bundles(RegisteredDevice asker, AccountId account) throws Exception {
    return as(asker).post("/v1/keys/bundles", Map.of("account", account.toString()));
  }

  private ApiCaller as(RegisteredDevice asker) {
    Caller caller = asker.caller();
    return anybody.as(
        TestTokens.device(caller.account().toString(), caller.device(), caller.registration()));
  }

  private static ByteString bytes(JsonNode base64) {
    return ByteString.copyFrom(Base64.getDecoder().decode(base64.asString()));
  }
}
