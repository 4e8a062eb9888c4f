package io.bluetick.session.turn;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@TestPropertySource(
    properties = {
      "bluetick.turn.secrets=" + TurnEndpointTest.SECRET,
      "bluetick.turn.uris=turn:turn.example.org:3478,stun:turn.example.org",
      "bluetick.turn.ttl=1h",
      "bluetick.limits.rates.turn.burst=2",
      "bluetick.limits.rates.turn.per=1h"
    })
class TurnEndpointTest {
  static final String SECRET = "a secret for the test of TURN";

  private static final String PATH = "/v1/turn/credentials";

  private final ApiCaller api;
  private final JdbcClient sql;
  private final Clock clock;

  TurnEndpointTest(
      @Value("${local.server.port}") int port, @Autowired JdbcClient sql, @Autowired Clock clock) {
    this.api = new ApiCaller(port);
    this.sql = sql;
    this.clock = clock;
  }

  @Test
  void a_device_gets_a_credential_that_tells_nothing_of_its_account() throws Exception {
    UUID account = account();
    HttpResponse<String> answer = api.as(token(account)).get(PATH);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(caching -> assertThat(caching).contains("no-store"));
    JsonNode credential = ApiCaller.json(answer);
    String username = credential.at("/username").asString();
    assertThat(Long.parseLong(username.substring(0, username.indexOf(':'))))
        .isBetween(
            clock.instant().getEpochSecond() + 3500, clock.instant().getEpochSecond() + 3600);
    assertThat(username).doesNotContain(hex(account));
    assertThat(credential.at("/password").asString())
        .isEqualTo(TurnCredentials.password(SECRET, username));
    assertThat(credential.at("/ttlS").asLong()).isEqualTo(3600);
    assertThat(credential.at("/uris").values())
        .extracting(JsonNode::asString)
        .containsExactly("turn:turn.example.org:3478", "stun:turn.example.org");
  }

  @Test
  void an_account_asks_so_often_and_no_more() throws Exception {
    ApiCaller device = api.as(token(account()));
    assertThat(device.get(PATH).statusCode()).isEqualTo(200);
    assertThat(device.get(PATH).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = device.get(PATH);
    assertProblem(refused, 429, "rate-limited");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(api.as(token(account())).get(PATH).statusCode()).isEqualTo(200);
  }

  @Test
  void who_is_no_device_gets_none() throws Exception {
    assertProblem(api.get(PATH), 401, "unauthenticated");
    assertProblem(api.as(TestTokens.VALID).get(PATH), 403, "forbidden");
    assertProblem(api.as(token(UUID.randomUUID())).get(PATH), 401, "unauthenticated");
  }

  /** One that is there, with its primary device. */
  private UUID account() {
    UUID id = UUID.randomUUID();
    sql.sql(
            """
            INSERT INTO account (id, number_hash, number_sealed, list_version, list, list_signature,
                                 registrations, created_at, last_seen)
            VALUES (?, sha256(?::text::bytea), '', 1, '', '', 1, now(), now())
            """)
        .params(id, id)
        .update();
    sql.sql(
            """
            INSERT INTO device (account, number, registration, since_version, noise_key,
                                identity_key, name, platform, created_at, last_seen)
            VALUES (?, 0, 1, 1, decode(repeat('00', 32), 'hex'), decode(repeat('00', 33), 'hex'),
                    '', '', now(), now())
            """)
        .param(id)
        .update();
    return id;
  }

  private static String token(UUID account) {
    return TestTokens.device(hex(account), 0, 1);
  }

  private static String hex(UUID account) {
    return account.toString().replace("-", "");
  }
}
