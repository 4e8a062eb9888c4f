package io.bluetick.session.account;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class AccountEndpointsTest {
  private final AccountId id = TestDevice.newAccountId();
  private final PhoneNumber number = PhoneNumber.parse(TestDevice.newNumber());
  private final TestDevice phone = TestDevice.generate();
  private final TestDevice laptop = TestDevice.generate();

  private final ApiCaller api;
  private final Accounts accounts;
  private final Devices devices;

  AccountEndpointsTest(
      @Value("${local.server.port}") int port,
      @Autowired Accounts accounts,
      @Autowired Devices devices) {
    this.api = new ApiCaller(port);
    this.accounts = accounts;
    this.devices = devices;
  }

  @BeforeEach
  void anAccountWithTwoDevices() {
    accounts.register(id, number, phone.asNew(), phone.sign(id, 1, Map.of()));
    devices.link(id, 1, laptop.asNew(), phone.sign(id, 2, Map.of(1, laptop)));
  }

  private ApiCaller primary() {
    return api.as(TestTokens.device(id.toString(), 0, 1));
  }

  private ApiCaller companion() {
    return api.as(TestTokens.device(id.toString(), 1, 2));
  }

  @Test
  void a_device_reads_its_account_and_the_list_that_its_primary_signed() throws Exception {
    JsonNode account = ApiCaller.json(companion().get("/v1/accounts/me"));
    assertThat(account.at("/id").asString()).isEqualTo(id.toString());
    assertThat(account.at("/number").asString()).isEqualTo(number.e164());
    JsonNode list = ApiCaller.json(companion().get("/v1/devices"));
    assertThat(list.at("/version").asLong()).isEqualTo(2);
    assertThat(list.at("/devices").values())
        .extracting(device -> device.at("/number").asInt())
        .containsExactly(0, 1);
    assertThat(list.at("/signedList/list").asString())
        .isEqualTo(body(SignedListJson.of(phone.sign(id, 2, Map.of(1, laptop)))).get("list"));
  }

  @Test
  void a_device_is_renamed_by_its_primary_or_itself() throws Exception {
    assertThat(primary().patch("/v1/devices/1", Map.of("name", "desk")).statusCode())
        .isEqualTo(204);
    assertThat(companion().patch("/v1/devices/1", Map.of("name", "lap")).statusCode())
        .isEqualTo(204);
    assertThat(accounts.find(id).orElseThrow().devices().get(1).label().name()).isEqualTo("lap");
    assertProblem(companion().patch("/v1/devices/0", Map.of("name", "mine")), 403, "forbidden");
    assertProblem(primary().patch("/v1/devices/1", Map.of("name", " ")), 422, "invalid");
  }

  @Test
  void a_companion_that_was_unlinked_is_no_caller_any_more() throws Exception {
    assertProblem(companion().delete("/v1/devices/0"), 403, "forbidden");
    assertThat(primary().delete("/v1/devices/1").statusCode()).isEqualTo(204);
    assertProblem(companion().get("/v1/devices"), 401, "unauthenticated");
    assertProblem(primary().delete("/v1/devices/1"), 404, "not-found");
  }

  @Test
  void the_primary_signs_anew_what_was_left() throws Exception {
    assertThat(companion().delete("/v1/devices/1").statusCode()).isEqualTo(204);
    SignedListJson stale = SignedListJson.of(phone.sign(id, 3, Map.of()));
    assertProblem(primary().put("/v1/devices/list", body(stale)), 409, "stale-list");
    SignedListJson next = SignedListJson.of(phone.sign(id, 4, Map.of()));
    HttpResponse<String> signed = primary().put("/v1/devices/list", body(next));
    assertThat(ApiCaller.json(signed).at("/version").asLong()).isEqualTo(4);
  }

  private static Map<String, String> body(SignedListJson list) {
    var base64 = Base64.getEncoder();
    return Map.of(
        "list", base64.encodeToString(list.list().toByteArray()),
        "signature", base64.encodeToString(list.signature().toByteArray()));
  }

  @Test
  void only_the_primary_deletes_the_account() throws Exception {
    assertProblem(companion().delete("/v1/accounts/me"), 403, "forbidden");
    assertThat(primary().delete("/v1/accounts/me").statusCode()).isEqualTo(204);
    assertThat(accounts.find(id)).isEmpty();
    assertProblem(primary().get("/v1/accounts/me"), 401, "unauthenticated");
  }

  @Test
  void a_suspended_account_is_told_so() throws Exception {
    accounts.suspend(id);
    assertProblem(primary().get("/v1/accounts/me"), 403, "suspended");
  }

  @Test
  void who_is_no_device_is_refused() throws Exception {
    assertProblem(api.as(TestTokens.VALID).get("/v1/devices"), 403, "forbidden");
    assertProblem(api.as(TestTokens.role("admin")).get("/v1/devices"), 403, "forbidden");
    assertProblem(api.as(TestTokens.device("00", 0, 1)).get("/v1/devices"), 403, "forbidden");
  }
}
