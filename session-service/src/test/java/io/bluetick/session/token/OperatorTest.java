package io.bluetick.session.token;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.session.account.AdminActed;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@Import(OperatorTest.Audit.class)
class OperatorTest {
  private static final String NAME = "root";
  private static final String PASSWORD = "open sesame";
  private static final String TOKENS = "/v1/admin/session/tokens";

  private static final Queue<AdminActed> ACTED = new ConcurrentLinkedQueue<>();
  private static volatile @Nullable String adminAccess;

  private final JdbcClient sql;
  private final ApiCaller http;

  @Autowired
  OperatorTest(JdbcClient sql, @Value("${local.server.port}") int port) {
    this.sql = sql;
    this.http = new ApiCaller(port);
  }

  /** Hears what is to be kept, which must be within a transaction. */
  @TestConfiguration(proxyBeanMethods = false)
  static class Audit {
    @EventListener
    void acted(AdminActed event) {
      assertThat(TransactionSynchronizationManager.isActualTransactionActive()).isTrue();
      ACTED.add(event);
    }
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("bluetick.admin.bootstrap.name", () -> NAME);
    registry.add(
        "bluetick.admin.bootstrap.password-hash",
        () -> Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode(PASSWORD));
  }

  @Test
  void the_admin_of_the_settings_logs_in_by_the_password() throws Exception {
    HttpResponse<String> answer = login(NAME, PASSWORD);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(ApiCaller.json(answer).get("accessExpiresInS").asInt()).isEqualTo(900);
    String access = text(answer, "accessToken");
    assertThat(http.as(access).get(TOKENS).statusCode()).isEqualTo(200);
    assertProblem(http.as(access).get("/v1/devices"), 403, "forbidden");
    assertThat(ACTED).contains(new AdminActed(NAME, "session.login", NAME, ""));
  }

  @ParameterizedTest
  @CsvSource({"root, wrong", "nobody, open sesame", "Root, open sesame"})
  void a_wrong_name_and_a_wrong_password_are_answered_alike(String name, String password)
      throws Exception {
    HttpResponse<String> answer = login(name, password);
    assertProblem(answer, 401, "unauthenticated");
    assertThat(text(answer, "detail")).isEqualTo("No such name with this password.");
  }

  @Test
  void logging_in_is_limited_by_name() throws Exception {
    for (int i = 0; i < 10; i++) {
      assertProblem(login("mallory", "guess" + i), 401, "unauthenticated");
    }
    assertProblem(login("mallory", "guess"), 429, "rate-limited");
  }

  @Test
  void a_token_is_made_exchanged_listed_and_revoked() throws Exception {
    String admin = admin();
    HttpResponse<String> made = make(admin, "backup-job", "support");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String token = text(made, "token");
    String id = text(made, "id");
    assertThat(token).matches("bta_[\\w-]{43}");

    HttpResponse<String> access = exchange(token);
    assertThat(ApiCaller.json(access).get("accessExpiresInS").asInt()).isEqualTo(300);
    HttpResponse<String> listed = http.as(admin).get(TOKENS);
    assertThat(listed.body()).contains(id, "backup-job", "\"createdBy\":\"root\"");
    assertThat(listed.body()).doesNotContain(token);

    assertThat(http.as(admin).delete(TOKENS + "/" + id).statusCode()).isEqualTo(204);
    assertProblem(exchange(token), 401, "unauthenticated");
    assertThat(http.as(admin).delete(TOKENS + "/" + id).statusCode()).isEqualTo(204);
    assertThat(ACTED)
        .contains(
            new AdminActed(NAME, "session.token.make", id, "support backup-job"),
            new AdminActed(NAME, "session.token.revoke", id, ""));
    assertProblem(http.as(admin).delete(TOKENS + "/" + UUID.randomUUID()), 404, "not-found");
  }

  @Test
  void support_makes_lists_and_revokes_no_tokens() throws Exception {
    String made = text(make(admin(), "helper", "support"), "token");
    String support = text(exchange(made), "accessToken");
    assertProblem(make(support, "mine", "admin"), 403, "forbidden");
    assertProblem(http.as(support).get(TOKENS), 403, "forbidden");
    assertProblem(http.as(support).delete(TOKENS + "/" + UUID.randomUUID()), 403, "forbidden");
  }

  @Test
  void a_token_ends_after_its_days_and_the_database_does_not_know_it() throws Exception {
    HttpResponse<String> made = make(admin(), "short", "admin");
    String token = text(made, "token");
    assertThat(exchange(token).statusCode()).isEqualTo(200);
    sql.sql("UPDATE operator_token SET expires_at = now() WHERE id = ?")
        .param(UUID.fromString(text(made, "id")))
        .update();
    assertProblem(exchange(token), 401, "unauthenticated");
    assertThat(sql.sql("SELECT t::text FROM operator_token t").query(String.class).list())
        .noneMatch(row -> row.contains(token));
  }

  @ParameterizedTest
  @CsvSource({"x, admin, 0", "x, admin, 366", "x, owner, 5", "'A B', admin, 5"})
  void a_token_needs_a_name_a_role_and_an_end(String name, String role, int days) throws Exception {
    String body = "{\"name\":\"%s\",\"role\":\"%s\",\"days\":%d}".formatted(name, role, days);
    assertThat(http.as(admin()).post(TOKENS, body).statusCode()).isIn(400, 422);
  }

  @Test
  void without_a_token_nothing_is_open_but_the_two_logins() throws Exception {
    assertProblem(http.get(TOKENS), 401, "unauthenticated");
    assertProblem(exchange("bta_" + "A".repeat(43)), 401, "unauthenticated");
    assertProblem(exchange("btr_x"), 401, "unauthenticated");
  }

  /** Logged in once: the logins of a name are limited. */
  private String admin() throws Exception {
    String known = adminAccess;
    if (known == null) {
      known = text(login(NAME, PASSWORD), "accessToken");
      adminAccess = known;
    }
    return known;
  }

  private static String text(HttpResponse<String> answer, String field) {
    return ApiCaller.json(answer).get(field).asString();
  }

  private HttpResponse<String> login(String name, String password) throws Exception {
    return http.post("/v1/admin/session/login", Map.of("name", name, "password", password));
  }

  private HttpResponse<String> exchange(String token) throws Exception {
    return http.post("/v1/admin/session/exchange", Map.of("token", token));
  }

  private HttpResponse<String> make(String access, String name, String role) throws Exception {
    String body = "{\"name\":\"%s\",\"role\":\"%s\",\"days\":30}".formatted(name, role);
    return http.as(access).post(TOKENS, body);
  }
}
