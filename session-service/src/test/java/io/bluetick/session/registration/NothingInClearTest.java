package io.bluetick.session.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Neither who reads the logs nor who steals the database learns a number, a token or a code. */
@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@Import(RegistrationParts.class)
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = "logging.level.root=debug")
class NothingInClearTest {
  private static final String PIN = "correct horse 4711";
  private static final String PUSH_TOKEN = "fcm-token-of-the-test-0123456789";

  private final JdbcClient sql;
  private final Phone phone;

  NothingInClearTest(
      @Value("${local.server.port}") int port,
      @Autowired JsonMapper json,
      @Autowired RecordedSender sender,
      @Autowired JdbcClient sql) {
    this.sql = sql;
    this.phone = new Phone(new Phone.Network(new ApiCaller(port), json, sender));
  }

  @Test
  void no_secret_of_a_life_is_in_the_logs_or_the_database(CapturedOutput logs) throws Exception {
    Set<String> before = rows();
    List<String> secrets = live();
    Set<String> rows = rows();
    rows.removeAll(before); // What other tests wrote in clear is no secret of this life.
    String dump = String.join("\n", rows);
    assertThat(dump).contains("number_hash").hasSizeGreaterThan(1_000);
    assertThat(logs.getAll()).hasSizeGreaterThan(10_000);
    assertThat(secrets).doesNotContain("");
    for (int i = 0; i < secrets.size(); i++) {
      String secret = secrets.get(i);
      assertThat(dump.contains(secret)).as("secret %d in the database, in clear", i).isFalse();
      assertThat(dump.contains(hex(secret))).as("secret %d in the database, as bytes", i).isFalse();
      assertThat(logs.getAll().contains(secret)).as("secret %d in the logs", i).isFalse();
    }
  }

  /** Registers, refreshes, sets a PIN and a push token; answers what nobody else may know. */
  private List<String> live() throws Exception {
    List<String> secrets = new ArrayList<>();
    secrets.add(phone.number().substring(1));
    Phone.Verified verified = phone.verify();
    secrets.add("\"" + phone.lastDigits(verified.session()) + "\"");
    secrets.add(" " + phone.lastDigits(verified.session()) + " ");
    HttpResponse<String> answer = phone.tryRegister(verified, null);
    Phone.Registered registered = phone.registered(answer);
    secrets.addAll(refreshToken(answer));
    HttpResponse<String> refreshed =
        phone.api().post("/v1/tokens/refresh", Map.of("refreshToken", secrets.getLast()));
    assertThat(refreshed.statusCode()).as(refreshed.body()).isEqualTo(200);
    secrets.addAll(refreshToken(refreshed));
    secrets.add(ApiCaller.json(refreshed).path("accessToken").asString());
    assertThat(registered.api().put("/v1/accounts/me/pin", Map.of("pin", PIN)).statusCode())
        .isEqualTo(204);
    secrets.add(PIN);
    assertThat(
            registered
                .api()
                .put("/v1/push/token", Map.of("kind", "fcm", "token", PUSH_TOKEN))
                .statusCode())
        .isEqualTo(204);
    secrets.add(PUSH_TOKEN);
    Phone.Verified again = phone.another().verify();
    secrets.add(again.session());
    return secrets;
  }

  /** Its secret half in the two ways that it could be written, then the whole. */
  private static List<String> refreshToken(HttpResponse<String> answer) {
    String token = ApiCaller.json(answer).path("refreshToken").asString();
    String secret = token.substring(token.indexOf('.') + 1);
    String bytes = new String(Base64.getUrlDecoder().decode(secret), StandardCharsets.ISO_8859_1);
    return List.of(secret, bytes, token);
  }

  private static String hex(String secret) {
    return HexFormat.of().formatHex(secret.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Set<String> rows() {
    List<String> tables =
        sql.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'session'")
            .query((row, _) -> row.getString(1))
            .list();
    Set<String> rows = new HashSet<>();
    for (String table : tables) {
      sql.sql("SELECT row_to_json(t)::text FROM session.\"" + table + "\" t")
          .query((row, _) -> row.getString(1))
          .list()
          .forEach(row -> rows.add(table + " " + row));
    }
    return rows;
  }
}
