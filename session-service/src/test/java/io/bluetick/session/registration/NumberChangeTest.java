package io.bluetick.session.registration;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.session.account.AccountDeleted;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.NumberChanged;
import io.bluetick.session.registration.RegistrationParts.Heard;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@Import(RegistrationParts.class)
class NumberChangeTest {
  private final Accounts accounts;
  private final Heard heard;
  private final Phone phone;
  private final Phone other;

  @Autowired
  NumberChangeTest(
      @Value("${local.server.port}") int port,
      JsonMapper json,
      RecordedSender sender,
      Accounts accounts,
      Heard heard) {
    this.accounts = accounts;
    this.heard = heard;
    Phone.Network network = new Phone.Network(new ApiCaller(port), json, sender);
    this.phone = new Phone(network);
    this.other = new Phone(network);
  }

  @Test
  void an_account_gets_a_number_that_nobody_has() throws Exception {
    Phone.Registered mine = phone.register();
    Phone.Verified verified = other.verify();
    assertThat(change(mine, verified, null).statusCode()).isEqualTo(204);
    assertThat(numberOf(mine)).isEqualTo(other.number());
    assertThat(heard.of(mine.account())).contains(new NumberChanged(mine.account()));
    assertProblem(change(mine, verified, null), 410, "expired");
    assertThat(phone.another().verify().nextListVersion()).isEqualTo(1);
    assertThat(other.verify().account()).isEqualTo(mine.account());
  }

  @Test
  void an_account_that_had_the_number_is_deleted() throws Exception {
    Phone.Registered mine = phone.register();
    Phone.Registered theirs = other.register();
    assertThat(change(mine, other.verify(), null).statusCode()).isEqualTo(204);
    assertThat(accounts.find(theirs.account())).isEmpty();
    assertThat(heard.of(theirs.account())).contains(new AccountDeleted(theirs.account()));
    assertProblem(theirs.api().get("/v1/accounts/me"), 401, "unauthenticated");
    assertThat(numberOf(mine)).isEqualTo(other.number());
  }

  @Test
  void the_pin_of_the_account_that_has_the_number_is_asked_for() throws Exception {
    Phone.Registered mine = phone.register();
    Phone.Registered theirs = other.register();
    theirs.api().put("/v1/accounts/me/pin", Map.of("pin", "2580"));
    Phone.Verified verified = other.verify();
    HttpResponse<String> refused = change(mine, verified, null);
    assertProblem(refused, 423, "pin-required");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(accounts.find(theirs.account())).isPresent();
    assertThat(numberOf(mine)).isEqualTo(phone.number());
    assertThat(change(mine, verified, "2580").statusCode()).isEqualTo(204);
    assertThat(accounts.find(theirs.account())).isEmpty();
  }

  @Test
  void ones_own_number_needs_no_pin() throws Exception {
    Phone.Registered mine = phone.register();
    mine.api().put("/v1/accounts/me/pin", Map.of("pin", "2580"));
    assertThat(change(mine, phone.verify(), null).statusCode()).isEqualTo(204);
    assertThat(numberOf(mine)).isEqualTo(phone.number());
    assertProblem(phone.tryRegister(phone.verify(), null), 423, "pin-required");
  }

  @Test
  void a_number_must_be_verified() throws Exception {
    Phone.Registered mine = phone.register();
    String session = other.begin();
    other.askForCode(session);
    assertProblem(
        mine.api().put("/v1/accounts/me/number", Map.of("session", session)), 409, "conflict");
    assertProblem(
        mine.api().put("/v1/accounts/me/number", Map.of("session", "none")), 410, "expired");
  }

  @Test
  void a_registration_verified_before_the_change_comes_too_late() throws Exception {
    Phone.Registered mine = phone.register();
    Phone rival = other.another();
    Phone.Verified theirs = rival.verify();
    assertThat(change(mine, other.verify(), null).statusCode()).isEqualTo(204);
    assertProblem(rival.tryRegister(theirs, null), 409, "conflict");
    assertThat(numberOf(mine)).isEqualTo(other.number());
  }

  @Test
  void two_who_take_each_others_number_do_not_wait_for_each_other() throws Exception {
    Phone.Registered mine = phone.register();
    Phone.Registered theirs = other.register();
    Phone.Verified toOther = other.verify();
    Phone.Verified toMine = phone.verify();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<HttpResponse<String>> one = threads.submit(() -> change(mine, toOther, null));
      Future<HttpResponse<String>> two = threads.submit(() -> change(theirs, toMine, null));
      List<Integer> statuses = List.of(one.get().statusCode(), two.get().statusCode());
      assertThat(statuses).containsAnyOf(204).doesNotContain(500);
    }
    boolean iStayed = accounts.find(mine.account()).isPresent();
    assertThat(accounts.find(theirs.account()).isPresent()).isNotEqualTo(iStayed);
  }

  private static HttpResponse<String> change(
      Phone.Registered account, Phone.Verified verified, @Nullable String pin) throws Exception {
    Map<String, String> body = new HashMap<>(Map.of("session", verified.session()));
    if (pin != null) {
      body.put("pin", pin);
    }
    return account.api().put("/v1/accounts/me/number", body);
  }

  private String numberOf(Phone.Registered account) {
    return accounts.numberOf(account.account()).orElseThrow().e164();
  }
}
