package io.bluetick.session.registration;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.account.Devices;
import io.bluetick.session.registration.GuardTable.Guard;
import io.bluetick.session.registration.RegistrationLock.Pass;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@Import(RegistrationParts.class)
class RegistrationLockTest {
  private static final String PIN = "2580";

  private final JdbcClient sql;
  private final TestClock clock;
  private final StringRedisTemplate redis;
  private final Phone phone;
  private final Phone thief;

  @Autowired
  RegistrationLockTest(
      @Value("${local.server.port}") int port,
      JsonMapper json,
      RecordedSender sender,
      JdbcClient sql,
      TestClock clock,
      StringRedisTemplate redis) {
    this.sql = sql;
    this.clock = clock;
    this.redis = redis;
    this.phone = new Phone(new Phone.Network(new ApiCaller(port), json, sender));
    this.thief = phone.another();
  }

  @Test
  void an_account_with_a_pin_is_taken_over_with_it_and_keeps_it() throws Exception {
    Phone.Registered owner = guarded();
    Phone.Verified verified = thief.verify();
    assertThat(verified.json().path("pinRequired").asBoolean()).isTrue();
    long left = untilTheLockEnds().toSeconds();
    assertThat(verified.json().path("pinExpiresAfterS").asLong()).isEqualTo(left);

    HttpResponse<String> refused = thief.tryRegister(verified, null);
    assertProblem(refused, 423, "pin-required");
    assertThat(refused.headers().firstValue("Retry-After")).contains(Long.toString(left));
    assertThat(owner.api().get("/v1/accounts/me").statusCode()).isEqualTo(200);

    thief.registered(thief.tryRegister(verified, PIN));
    assertProblem(phone.tryRegister(phone.verify(), null), 423, "pin-required");
  }

  @Test
  void wrong_pins_make_the_waits_grow_and_the_right_one_resets_them() throws Exception {
    Phone.Registered owner = guarded();
    for (Duration wait :
        List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofHours(24))) {
      Phone.Verified verified = thief.verify();
      HttpResponse<String> wrong = thief.tryRegister(verified, "0000");
      assertProblem(wrong, 422, "wrong-pin");
      assertThat(wrong.headers().firstValue("Retry-After"))
          .contains(Long.toString(wait.toSeconds()));
      HttpResponse<String> early = thief.tryRegister(verified, PIN);
      assertProblem(early, 429, "rate-limited");
      assertThat(early.headers().firstValue("Retry-After"))
          .contains(Long.toString(wait.toSeconds()));
      clock.advance(wait);
      forgetLimits();
    }
    thief.registered(thief.tryRegister(thief.verify(), PIN));
    assertThat(failures(owner)).isZero();
  }

  @Test
  void of_pins_tried_at_once_one_is_looked_at() throws Exception {
    Phone.Registered owner = guarded();
    Phone.Verified verified = thief.verify();
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        String pin = "000" + i;
        answers.add(threads.submit(() -> thief.tryRegister(verified, pin)));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        statuses.add(answer.get().statusCode());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 422).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(5);
    assertThat(failures(owner)).isEqualTo(1);
  }

  @Test
  void the_lock_ends_a_week_after_the_day_on_which_the_account_was_seen() throws Exception {
    Phone.Registered owner = guarded();
    clock.advance(untilTheLockEnds().minusSeconds(1));
    Phone.Verified verified = thief.verify();
    assertThat(verified.json().path("pinExpiresAfterS").asLong()).isEqualTo(1);
    assertProblem(thief.tryRegister(verified, null), 423, "pin-required");
    clock.advance(Duration.ofSeconds(1));
    thief.registered(thief.tryRegister(verified, null));
    assertThat(pinHash(owner)).isEmpty();
  }

  @Test
  void a_pin_of_before_a_take_over_without_it_counts_no_more() throws Exception {
    guarded();
    clock.advance(untilTheLockEnds());
    thief.register();
    Phone.Verified verified = phone.verify();
    assertThat(verified.json().path("pinRequired").asBoolean()).isFalse();
    phone.registered(phone.tryRegister(verified, null));
  }

  @Test
  void a_pin_that_was_set_or_replaced_meanwhile_counts(
      @Autowired RegistrationLock lock, @Autowired TransactionTemplate transaction)
      throws Exception {
    Phone.Registered owner = phone.register();
    ByteString number = numberHash(owner);
    Pass free = lock.open(number, Optional.empty(), null);
    set(owner, PIN);
    Pass opened = lock.open(number, Optional.empty(), PIN);
    assertThat(enter(lock, transaction, number, opened)).isPresent();
    set(owner, PIN);
    for (Pass stale : List.of(free, opened)) {
      assertThatThrownBy(() -> enter(lock, transaction, number, stale))
          .isInstanceOfSatisfying(
              BluetickException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.PIN_REQUIRED));
    }
  }

  private static Optional<Guard> enter(
      RegistrationLock lock, TransactionTemplate transaction, ByteString number, Pass pass) {
    return transaction.execute(_ -> lock.enter(number, Optional.empty(), pass));
  }

  private ByteString numberHash(Phone.Registered owner) {
    return ByteString.copyFrom(
        sql.sql("SELECT number_hash FROM account WHERE id = ?")
            .param(AccountIds.uuid(owner.account()))
            .query((row, _) -> row.getBytes(1))
            .single());
  }

  @Test
  void a_pin_can_be_replaced_and_removed() throws Exception {
    Phone.Registered owner = guarded();
    set(owner, "correct horse");
    assertProblem(thief.tryRegister(thief.verify(), PIN), 422, "wrong-pin");
    assertThat(owner.api().delete("/v1/accounts/me/pin").statusCode()).isEqualTo(204);
    assertThat(owner.api().delete("/v1/accounts/me/pin").statusCode()).isEqualTo(204);
    thief.registered(thief.tryRegister(thief.verify(), null));
  }

  @Test
  void a_pin_is_kept_by_argon2_and_not_in_clear() throws Exception {
    Phone.Registered owner = guarded();
    assertThat(pinHash(owner))
        .hasValueSatisfying(hash -> assertThat(hash).startsWith("$argon2id$v=19$m=12288,t=3,p=1$"));
  }

  @Test
  void a_pin_has_bounds() throws Exception {
    Phone.Registered owner = phone.register();
    for (String pin : List.of("123", "1".repeat(65))) {
      assertProblem(owner.api().put("/v1/accounts/me/pin", Map.of("pin", pin)), 422, "invalid");
    }
  }

  @Test
  void a_companion_sets_neither_pin_nor_number(@Autowired Devices devices) throws Exception {
    Phone.Registered owner = phone.register();
    Phone companion = phone.another();
    int registration =
        devices
            .link(
                owner.account(),
                1,
                companion.asNew(),
                phone.sign(owner.account(), 2, List.of(phone.listed(), companion.listed(1))))
            .registration();
    ApiCaller api = phone.api().as(TestTokens.device(owner.account().toString(), 1, registration));
    assertProblem(api.put("/v1/accounts/me/pin", Map.of("pin", PIN)), 403, "forbidden");
    assertProblem(api.delete("/v1/accounts/me/pin"), 403, "forbidden");
    assertProblem(api.put("/v1/accounts/me/number", Map.of("session", "1")), 403, "forbidden");
  }

  private Phone.Registered guarded() throws Exception {
    Phone.Registered owner = phone.register();
    set(owner, PIN);
    return owner;
  }

  private static void set(Phone.Registered owner, String pin) throws Exception {
    assertThat(owner.api().put("/v1/accounts/me/pin", Map.of("pin", pin)).statusCode())
        .isEqualTo(204);
  }

  /** From today on. */
  private Duration untilTheLockEnds() {
    return Duration.between(
        clock.instant(), today().plusDays(8).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** They go by Redis's clock, which stands still beside ours. */
  private void forgetLimits() {
    redis.delete(redis.keys("limit:session.*"));
  }

  private int failures(Phone.Registered owner) {
    return sql.sql("SELECT pin_failures FROM account WHERE id = ?")
        .param(AccountIds.uuid(owner.account()))
        .query(Integer.class)
        .single();
  }

  private Optional<String> pinHash(Phone.Registered owner) {
    return sql.sql("SELECT pin_hash FROM account WHERE id = ? AND pin_hash IS NOT NULL")
        .param(AccountIds.uuid(owner.account()))
        .query(String.class)
        .optional();
  }
}
