package io.bluetick.session.admin;

import static io.bluetick.testkit.service.ApiCaller.json;
import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Devices;
import io.bluetick.session.account.NewDevice;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@Import(Connected.class)
class AccountAdminTest {
  private static final String ACCOUNTS = "/v1/admin/session/accounts";
  private static final Map<String, String> REASON = Map.of("reason", "Spam, ticket 4711");

  @Autowired private Accounts accounts;
  @Autowired private Devices devices;
  @Autowired private JdbcClient sql;

  @Value("${local.server.port}")
  private int port;

  private OwnedAccount account;
  private String path;
  private ApiCaller admin;
  private ApiCaller support;

  /** A request that is not for everybody. */
  record Asked(String method, String path, Map<String, String> body) {
    HttpResponse<String> by(ApiCaller caller) throws Exception {
      return switch (method) {
        case "GET" -> caller.get(path);
        case "POST" -> body.isEmpty() ? caller.post(path) : caller.post(path, body);
        default -> body.isEmpty() ? caller.delete(path) : caller.delete(path, body);
      };
    }
  }

  @BeforeEach
  void register() {
    account = OwnedAccount.register(accounts);
    path = ACCOUNTS + "/" + account.id();
    admin = new ApiCaller(port, TestTokens.role("admin"));
    support = new ApiCaller(port, TestTokens.role("support"));
  }

  @Test
  void an_account_is_shown_with_its_devices_and_connections_and_without_its_number()
      throws Exception {
    link(1);

    HttpResponse<String> answer = support.get(path);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode shown = json(answer);
    assertThat(shown.at("/id").asString()).isEqualTo(account.id().toString());
    assertThat(shown.at("/listVersion").asInt()).isEqualTo(2);
    assertThat(shown.at("/devices").size()).isEqualTo(2);
    assertThat(shown.at("/devices/1/registration").asInt()).isEqualTo(2);
    assertThat(shown.at("/devices/1/name").asString()).isEqualTo("laptop");
    assertThat(shown.at("/sessions/0/node").asString()).isEqualTo("gateway-7");
    assertThat(shown.has("suspendedAt")).isFalse();
    assertThat(answer.body()).doesNotContain(account.number().e164().substring(1));
  }

  @Test
  void an_account_is_found_by_its_number_and_the_log_has_only_its_id() throws Exception {
    HttpResponse<String> answer =
        admin.post(ACCOUNTS + "/find", Map.of("number", account.number().e164()));

    assertThat(json(answer).at("/id").asString()).isEqualTo(account.id().toString());
    assertThat(logged())
        .containsExactly("test-admin account.read " + account.id() + " By its number.");
  }

  @Test
  void a_look_up_in_vain_is_logged_as_well() throws Exception {
    AccountId nobody = AccountId.of(OwnedAccount.randomBytes(AccountId.BYTES));
    assertProblem(support.get(ACCOUNTS + "/" + nobody), 404, "not-found");
    assertThat(logged(nobody.toString()))
        .containsExactly("test-support account.read " + nobody + " There is none.");

    int before = logged("").size();
    assertProblem(
        support.post(ACCOUNTS + "/find", Map.of("number", "+4915199999999")), 404, "not-found");
    assertThat(logged("")).hasSize(before + 1);
    assertThat(logged("").getLast()).contains("account.read").doesNotContain("9999");
  }

  @Test
  void malformed_ids_and_numbers_are_refused() throws Exception {
    assertProblem(admin.get(ACCOUNTS + "/me"), 400, "bad-request");
    assertProblem(admin.post(ACCOUNTS + "/find", Map.of("number", "0151")), 422, "invalid");
    assertProblem(admin.post(path + "/suspend", Map.of("reason", " ")), 422, "invalid");
  }

  @Test
  void a_suspended_account_is_shown_as_such_until_it_is_restored() throws Exception {
    assertThat(admin.post(path + "/suspend", REASON).statusCode()).isEqualTo(204);
    assertThat(json(admin.get(path)).has("suspendedAt")).isTrue();
    assertThat(admin.post(path + "/restore").statusCode()).isEqualTo(204);
    assertThat(json(admin.get(path)).has("suspendedAt")).isFalse();
    assertThat(logged())
        .containsSubsequence(
            "test-admin account.suspend " + account.id() + " Spam, ticket 4711",
            "test-admin account.restore " + account.id() + " ");
  }

  @Test
  void a_companion_is_unlinked_and_the_primary_is_not() throws Exception {
    link(1);
    assertThat(admin.delete(path + "/devices/1").statusCode()).isEqualTo(204);
    assertThat(json(admin.get(path)).at("/devices").size()).isEqualTo(1);
    assertProblem(admin.delete(path + "/devices/1"), 404, "not-found");
    assertProblem(admin.delete(path + "/devices/0"), 409, "conflict");
    assertThat(logged()).filteredOn(line -> line.contains("device.unlink")).hasSize(1);
  }

  @Test
  void support_may_end_a_connection() throws Exception {
    assertThat(support.post(path + "/devices/0/disconnect").statusCode()).isEqualTo(204);
    assertThat(logged())
        .containsExactly("test-support device.disconnect " + account.id() + " Device 0");
  }

  @Test
  void a_deleted_account_is_gone_and_its_log_stays() throws Exception {
    assertThat(admin.delete(path, REASON).statusCode()).isEqualTo(204);
    assertThat(accounts.find(account.id())).isEmpty();
    assertThat(logged())
        .containsExactly("test-admin account.delete " + account.id() + " Spam, ticket 4711");
  }

  @Test
  void phone_numbers_in_reasons_do_not_reach_the_log() throws Exception {
    admin.post(path + "/suspend", Map.of("reason", "called from +49 151 1234-5678, 12 times"));
    assertThat(logged().getFirst()).endsWith("called from [number], 12 times");
  }

  @Test
  void the_log_cannot_be_changed() throws Exception {
    admin.get(path);
    assertThatThrownBy(() -> sql.sql("DELETE FROM audit").update())
        .isInstanceOf(DataAccessException.class);
    assertThatThrownBy(() -> sql.sql("UPDATE audit SET actor = 'nobody'").update())
        .isInstanceOf(DataAccessException.class);
  }

  static Stream<Asked> all() {
    String some = ACCOUNTS + "/00112233445566778899aabbccddeeff";
    return Stream.concat(
        Stream.of(
            new Asked("GET", some, Map.of()),
            new Asked("POST", ACCOUNTS + "/find", Map.of("number", "+4915112345678")),
            new Asked("POST", some + "/devices/0/disconnect", Map.of()),
            new Asked("GET", "/v1/admin/session/audit", Map.of())),
        forAdmins());
  }

  static Stream<Asked> forAdmins() {
    String some = ACCOUNTS + "/00112233445566778899aabbccddeeff";
    return Stream.of(
        new Asked("DELETE", some + "/devices/1", Map.of()),
        new Asked("POST", some + "/suspend", REASON),
        new Asked("POST", some + "/restore", Map.of()),
        new Asked("DELETE", some, REASON));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nobody_else_may_ask(Asked asked) throws Exception {
    assertProblem(asked.by(new ApiCaller(port)), 401, "unauthenticated");
    assertProblem(asked.by(new ApiCaller(port, account.token())), 403, "forbidden");
    assertProblem(asked.by(new ApiCaller(port, TestTokens.role("tester"))), 403, "forbidden");
  }

  @ParameterizedTest
  @MethodSource("forAdmins")
  void support_may_not_change_accounts(Asked asked) throws Exception {
    assertProblem(asked.by(support), 403, "forbidden");
  }

  private void link(int device) {
    NewDevice companion = OwnedAccount.anyCompanion();
    devices.link(account.id(), device, companion, account.signWith(device + 1, device, companion));
    account.add(device, companion);
  }

  private List<String> logged() {
    return logged(account.id().toString());
  }

  private List<String> logged(String target) {
    return sql.sql("SELECT actor, action, target, detail FROM audit WHERE target = ? ORDER BY id")
        .param(target)
        .query((row, _) ->
            String.join(
                " ", row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .list();
  }
}
