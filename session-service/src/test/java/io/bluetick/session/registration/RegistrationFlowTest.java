package io.bluetick.session.registration;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AccountDeleted;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.account.AccountRegistered;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.DeviceListChanged;
import io.bluetick.session.account.SessionsEnded;
import io.bluetick.session.key.EcKey;
import io.bluetick.session.key.KeySet;
import io.bluetick.session.key.KyberKey;
import io.bluetick.session.key.SignedEcKey;
import io.bluetick.session.registration.RegistrationParts.Heard;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@Import(RegistrationParts.class)
class RegistrationFlowTest {
  private final JdbcClient sql;
  private final TestClock clock;
  private final Heard heard;
  private final Accounts accounts;
  private final Phone phone;

  @Autowired
  RegistrationFlowTest(
      @Value("${local.server.port}") int port,
      JsonMapper json,
      RecordedSender sender,
      JdbcClient sql,
      TestClock clock,
      Heard heard,
      Accounts accounts) {
    this.sql = sql;
    this.clock = clock;
    this.heard = heard;
    this.accounts = accounts;
    this.phone = new Phone(new Phone.Network(new ApiCaller(port), json, sender));
  }

  @Test
  void a_verified_number_becomes_an_account_with_keys_and_a_token() throws Exception {
    Phone.Verified verified = phone.verify();
    KeySet first = phone.keys().first();
    KeySet once = phone.keys().oneTime(1, 3);
    KeySet all =
        new KeySet(
            first.signedPreKey(), first.lastResortKyber(), once.ecOneTime(), once.kyberOneTime());
    HttpResponse<String> answer = phone.tryRegister(verified, 1, all, null);
    Phone.Registered registered = phone.registered(answer);
    assertThat(registered.account()).isEqualTo(verified.account());
    assertThat(ApiCaller.json(answer).path("device").asInt()).isZero();
    assertThat(refresh(answer).statusCode()).isEqualTo(200);
    JsonNode counts = ApiCaller.json(registered.api().get("/v1/keys/counts"));
    assertThat(counts.path("ecOneTime").asInt()).isEqualTo(3);
    JsonNode account = ApiCaller.json(registered.api().get("/v1/accounts/me"));
    assertThat(account.path("number").asString()).isEqualTo(phone.number());
    assertThat(heard.of(registered.account()))
        .containsExactlyInAnyOrder(
            new DeviceListChanged(registered.account(), 1),
            new AccountRegistered(registered.account(), false));
  }

  @Test
  void a_session_is_good_for_one_registration() throws Exception {
    Phone.Verified verified = phone.verify();
    phone.registered(phone.tryRegister(verified, null));
    assertProblem(phone.tryRegister(verified, 2, phone.keys().first(), null), 410, "expired");
    assertProblem(phone.read(verified.session()), 410, "expired");
  }

  @Test
  void without_the_code_nothing_is_registered() throws Exception {
    String session = phone.begin();
    phone.askForCode(session);
    Phone.Verified claimed =
        new Phone.Verified(session, new AccountId(1, 2), 1, JsonMapper.shared().nullNode());
    assertProblem(phone.tryRegister(claimed, null), 409, "conflict");
    Phone.Verified verified = phone.verified(session);
    clock.advance(Duration.ofMinutes(30));
    assertProblem(phone.tryRegister(verified, null), 410, "expired");
  }

  @Test
  void what_is_refused_uses_nothing_up() throws Exception {
    Phone.Verified verified = phone.verify();
    KeySet first = phone.keys().first();
    assertProblem(phone.tryRegister(verified, 2, first, null), 409, "stale-list");
    KeySet others = phone.another().keys().first();
    assertProblem(phone.tryRegister(verified, 1, others, null), 422, "bad-signature");
    KeySet incomplete = new KeySet(null, null, List.of(), List.of());
    assertProblem(phone.tryRegister(verified, 1, incomplete, null), 422, "invalid");
    assertThat(accounts.find(verified.account())).isEmpty();
    assertThat(phone.tryRegister(verified, null).statusCode()).isEqualTo(201);
  }

  @Test
  void who_has_the_number_now_takes_the_account_over() throws Exception {
    HttpResponse<String> first = phone.tryRegister(phone.verify(), null);
    Phone.Registered before = phone.registered(first);
    Phone next = phone.another();
    Phone.Verified verified = next.verify();
    assertThat(verified.account()).isEqualTo(before.account());
    assertThat(verified.nextListVersion()).isEqualTo(2);
    assertThat(before.api().get("/v1/accounts/me").statusCode()).isEqualTo(200);

    Phone.Registered after = next.registered(next.tryRegister(verified, null));
    assertThat(after.account()).isEqualTo(before.account());
    assertThat(after.registration()).isGreaterThan(before.registration());
    assertThat(after.listVersion()).isEqualTo(2);
    assertProblem(before.api().get("/v1/accounts/me"), 401, "unauthenticated");
    assertProblem(refresh(first), 401, "unauthenticated");
    assertThat(after.api().get("/v1/accounts/me").statusCode()).isEqualTo(200);
    assertThat(ApiCaller.json(after.api().get("/v1/devices")).path("devices")).hasSize(1);
    assertThat(ApiCaller.json(after.api().get("/v1/keys/counts")).path("ecOneTime").asInt())
        .isZero();
    assertThat(heard.of(after.account()))
        .contains(
            new SessionsEnded(
                after.account(), List.of(0), before.registration(), ErrorCode.UNAUTHENTICATED),
            new DeviceListChanged(after.account(), 2),
            new AccountRegistered(after.account(), true));
  }

  @Test
  void of_two_who_register_a_number_at_once_one_wins() throws Exception {
    Phone rival = phone.another();
    Phone.Verified mine = phone.verify();
    Phone.Verified theirs = rival.verify();
    assertThat(theirs.account()).isNotEqualTo(mine.account());
    List<Integer> statuses;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<HttpResponse<String>> one = threads.submit(() -> phone.tryRegister(mine, null));
      Future<HttpResponse<String>> other = threads.submit(() -> rival.tryRegister(theirs, null));
      statuses = List.of(one.get().statusCode(), other.get().statusCode());
    }
    assertThat(statuses).containsExactlyInAnyOrder(201, 409);

    boolean iWon = statuses.getFirst() == 201;
    Phone.Verified loser = iWon ? theirs : mine;
    Phone.Verified again = (iWon ? rival : phone).verified(loser.session());
    assertThat(again.account()).isEqualTo(iWon ? mine.account() : theirs.account());
    assertThat(again.nextListVersion()).isEqualTo(2);
  }

  @Test
  void of_two_uses_of_a_session_at_once_one_wins() throws Exception {
    Phone.Verified verified = phone.verify();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<HttpResponse<String>> one = threads.submit(() -> phone.tryRegister(verified, null));
      Future<HttpResponse<String>> other = threads.submit(() -> phone.tryRegister(verified, null));
      assertThat(List.of(one.get().statusCode(), other.get().statusCode()))
          .containsExactlyInAnyOrder(201, 410);
    }
  }

  @Test
  void the_id_of_an_account_that_went_does_not_come_back() throws Exception {
    Phone.Registered gone = phone.register();
    Phone.Verified verified = phone.another().verify();
    assertThat(verified.account()).isEqualTo(gone.account());
    assertThat(gone.api().delete("/v1/accounts/me").statusCode()).isEqualTo(204);
    assertProblem(phone.tryRegister(verified, 1, phone.keys().first(), null), 409, "conflict");

    Phone.Verified again = phone.verified(verified.session());
    assertThat(again.account()).isNotEqualTo(gone.account());
    assertThat(again.nextListVersion()).isEqualTo(1);
    phone.registered(phone.tryRegister(again, null));
    assertThat(heard.of(gone.account())).contains(new AccountDeleted(gone.account()));
  }

  @Test
  void a_suspended_account_is_not_taken_over() throws Exception {
    Phone.Registered registered = phone.register();
    accounts.suspend(registered.account());
    Phone next = phone.another();
    assertProblem(next.tryRegister(next.verify(), null), 403, "suspended");
  }

  @Test
  void a_take_over_counts_as_seen() throws Exception {
    Phone.Registered registered = phone.register();
    clock.advance(Duration.ofDays(3));
    phone.another().register();
    assertThat(
            sql.sql("SELECT last_seen FROM account WHERE id = ?")
                .param(AccountIds.uuid(registered.account()))
                .query(LocalDate.class)
                .single())
        .isEqualTo(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private HttpResponse<String> refresh(HttpResponse<String> registration) throws Exception {
    String token = ApiCaller.json(registration).path("refreshToken").asString();
    return phone.api().post("/v1/tokens/refresh", Map.of("refreshToken", token));
  }

  @Test
  void forms_are_checked() throws Exception {
    Phone.Verified verified = phone.verify();
    ByteString none = ByteString.EMPTY;
    KeySet malformed =
        new KeySet(
            new SignedEcKey(1, none, none),
            new KyberKey(1, none, none),
            List.of(new EcKey(-1, none)),
            List.of());
    assertProblem(phone.tryRegister(verified, 1, malformed, null), 422, "invalid");
    assertProblem(phone.tryRegister(verified, "123"), 422, "invalid");
    assertProblem(phone.tryRegister(verified, "1".repeat(65)), 422, "invalid");
    assertProblem(phone.api().post("/v1/registration", "{}"), 422, "invalid");
  }
}
