package io.bluetick.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import io.bluetick.devstack.Backend;
import io.bluetick.session.secret.MasterKey;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class SigningKeysTest {
  private static final TokenSettings SETTINGS =
      new TokenSettings(
          Duration.ofMinutes(10), Duration.ofDays(90), Duration.ofDays(30), Duration.ofHours(2));
  private static final byte[] CLAIMS = "{}".getBytes(StandardCharsets.UTF_8);

  private final MovingClock clock = new MovingClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final MasterKey masterKey;
  private final SigningKeys ofService;
  private final ApiCaller http;

  @Autowired
  SigningKeysTest(
      JdbcClient sql,
      TransactionTemplate transactions,
      MasterKey masterKey,
      SigningKeys ofService,
      @Value("${local.server.port}") int port) {
    this.sql = sql;
    this.transactions = transactions;
    this.masterKey = masterKey;
    this.ofService = ofService;
    this.http = new ApiCaller(port);
  }

  @BeforeEach
  void forget() {
    sql.sql("DELETE FROM signing_key").update();
  }

  @AfterEach
  void restore() {
    forget();
    ofService.renew();
  }

  @Test
  void the_first_key_signs_at_once_and_has_no_end() {
    SigningKeys keys = instance();
    assertThat(kids(keys)).containsExactly(keys.current().kid());
    clock.move(Duration.ofDays(29));
    keys.renew();
    assertThat(kids(keys)).hasSize(1);
  }

  @Test
  void an_instance_whose_clock_is_behind_signs_with_the_first_key_all_the_same() {
    String first = instance().current().kid();
    clock.move(Duration.ofMinutes(-5));
    assertThat(instance().current().kid()).isEqualTo(first);
  }

  @Test
  void the_next_key_is_published_hours_before_it_signs() {
    SigningKeys keys = instance();
    String first = keys.current().kid();
    clock.move(Duration.ofDays(30).minusHours(2));
    keys.renew();
    assertThat(kids(keys)).hasSize(2).contains(first);
    assertThat(keys.current().kid()).isEqualTo(first);
    clock.move(Duration.ofHours(2));
    assertThat(keys.current().kid()).isNotEqualTo(first);
    assertThat(kids(keys)).as("tokens of the first still count").contains(first);
    clock.move(Duration.ofHours(3));
    keys.renew();
    assertThat(kids(keys)).containsExactly(keys.current().kid());
  }

  @Test
  void after_a_long_standstill_the_next_key_gets_its_notice_all_the_same() {
    SigningKeys keys = instance();
    String first = keys.current().kid();
    clock.move(Duration.ofDays(100));
    keys.renew();
    assertThat(kids(keys)).hasSize(2);
    assertThat(keys.current().kid()).isEqualTo(first);
    clock.move(Duration.ofHours(2));
    assertThat(keys.current().kid()).isNotEqualTo(first);
  }

  @Test
  void many_instances_that_rotate_at_once_make_one_key() throws Exception {
    instance();
    clock.move(Duration.ofDays(30));
    CyclicBarrier start = new CyclicBarrier(20);
    Callable<Integer> rotation =
        () -> {
          start.await();
          return kids(instance()).size();
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(Stream.generate(() -> rotation).limit(20).toList()))
          .extracting(Future::resultNow)
          .containsOnly(2);
    }
    assertThat(sql.sql("SELECT count(*) FROM signing_key").query(Long.class).single()).isEqualTo(2);
  }

  @Test
  void instances_know_each_others_keys() {
    assertThat(instance().current().sign(CLAIMS)).isEqualTo(instance().current().sign(CLAIMS));
  }

  @Test
  void expired_keys_are_deleted_with_the_rotation_after() {
    instance();
    for (int month = 0; month < 12; month++) {
      clock.move(Duration.ofDays(30));
      instance();
    }
    assertThat(sql.sql("SELECT count(*) FROM signing_key").query(Long.class).single())
        .isLessThanOrEqualTo(3);
  }

  @Test
  void the_database_holds_no_private_key_in_clear() {
    SigningKey key = instance().current();
    byte[] sealed = sql.sql("SELECT private_sealed FROM signing_key").query(byte[].class).single();
    String text = new String(sealed, StandardCharsets.ISO_8859_1);
    assertThat(text)
        .doesNotContain(new String(key.pair().getEncoded(), StandardCharsets.ISO_8859_1));
  }

  @Test
  void the_public_halves_are_open_to_all_and_to_caches() throws Exception {
    ofService.renew();
    HttpResponse<String> answer = http.get("/.well-known/jwks.json");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("max-age=300, public");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .contains("\"kid\":\"" + ofService.current().kid() + "\"", "\"crv\":\"Ed25519\"")
        .doesNotContain("\"d\":");
  }

  private SigningKeys instance() {
    return new SigningKeys(new SigningKeyRows(sql, transactions, masterKey, SETTINGS), clock);
  }

  private static List<String> kids(SigningKeys keys) {
    return keys.published().getKeys().stream().map(JWK::getKeyID).toList();
  }
}
