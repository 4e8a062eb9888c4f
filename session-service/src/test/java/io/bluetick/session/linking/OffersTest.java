package io.bluetick.session.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.OwnedAccount;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class OffersTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AccountId ANN = new AccountId(1, 1);
  private static final AccountId BOB = new AccountId(2, 2);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(150);

  @Autowired private StringRedisTemplate redis;
  @Autowired private JsonMapper json;

  private final OfferAddress address = OfferAddress.random(RANDOM);
  private final OfferSecret secret = OfferSecret.random(RANDOM);
  private final OfferJson offer = new Companion().offer();
  private final Answer answer = new Answer(ANN, 1, 2, 3, OwnedAccount.randomBytes(100));

  @Test
  void an_offer_is_found_as_it_was_made_and_nothing_in_redis_leads_to_it() {
    offers(LONG, LONG, 1000).create(address, secret, offer);
    assertThat(offers(LONG, LONG, 1000).find(address)).contains(offer);
    assertThat(redis.keys("*linking*"))
        .isNotEmpty()
        .noneSatisfy(key -> assertThat(key).contains(address.toString()));
    assertThat(redis.opsForHash().values("{linking}:offer:" + address.name()))
        .noneSatisfy(value -> assertThat(value.toString()).contains(secret.text()));
  }

  @Test
  void an_offer_expires_for_everybody() {
    Offers offers = offers(SHORT, SHORT, 1000);
    offers.create(address, secret, offer);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> offers.claim(address, ANN) instanceof Claim.Gone);
    assertThat(offers.find(address)).isEmpty();
    assertThat(offers.settle(address, answer)).isFalse();
    refuses(ErrorCode.EXPIRED, () -> offers.answer(address, secret));
  }

  @Test
  void of_many_who_claim_at_once_one_is_granted() throws Exception {
    Offers offers = offers(LONG, LONG, 1000);
    offers.create(address, secret, offer);
    List<Claim> claims;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Callable<Claim>> all =
          IntStream.range(0, 32)
              .<Callable<Claim>>mapToObj(i -> () -> offers.claim(address, new AccountId(7, i / 2)))
              .toList();
      claims = threads.invokeAll(all).stream().map(Future::resultNow).toList();
    }
    assertThat(claims).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.Busy.class::isInstance).hasSize(1);
    assertThat(claims).filteredOn(Claim.Taken.class::isInstance).hasSize(30);
  }

  @Test
  void a_released_offer_can_be_claimed_by_another_account() {
    Offers offers = offers(LONG, LONG, 1000);
    offers.create(address, secret, offer);
    Claim.Granted first = (Claim.Granted) offers.claim(address, ANN);
    offers.release(address, first);
    assertThat(offers.claim(address, BOB)).isInstanceOf(Claim.Granted.class);
    offers.release(address, first);
    assertThat(offers.claim(address, ANN)).isInstanceOf(Claim.Taken.class);
  }

  @Test
  void after_the_lease_the_same_account_may_try_again_and_no_other() {
    Offers offers = offers(LONG, SHORT, 1000);
    offers.create(address, secret, offer);
    offers.claim(address, ANN);
    assertThat(offers.claim(address, ANN)).isInstanceOf(Claim.Busy.class);
    await()
        .pollInterval(Duration.ofMillis(20))
        .until(() -> offers.claim(address, ANN) instanceof Claim.Granted);
    assertThat(offers.claim(address, BOB)).isInstanceOf(Claim.Taken.class);
  }

  @Test
  void an_offer_that_is_claimed_late_outlives_the_claim() {
    Offers offers = offers(SHORT, LONG, 1000);
    offers.create(address, secret, offer);
    offers.claim(address, ANN);
    assertThat(redis.getExpire("{linking}:offer:" + address.name())).isGreaterThan(50);
  }

  @Test
  void an_answer_is_for_who_has_the_secret() {
    Offers offers = offers(LONG, LONG, 1000);
    offers.create(address, secret, offer);
    offers.claim(address, ANN);
    assertThat(offers.answer(address, secret)).isEmpty();
    assertThat(offers.settle(address, answer)).isTrue();
    assertThat(offers.answer(address, secret)).contains(answer);
    refuses(ErrorCode.FORBIDDEN, () -> offers.answer(address, OfferSecret.random(RANDOM)));
    refuses(ErrorCode.FORBIDDEN, () -> offers.answer(address, OfferSecret.parse("")));
    refuses(
        ErrorCode.FORBIDDEN, () -> offers.answer(address, OfferSecret.parse(secret.hash() + "!")));
  }

  @Test
  void an_answered_offer_tells_its_account_the_answer_and_is_no_other_accounts() {
    Offers offers = offers(LONG, LONG, 1000);
    offers.create(address, secret, offer);
    offers.claim(address, ANN);
    offers.settle(address, answer);
    assertThat(offers.claim(address, ANN)).isEqualTo(new Claim.Settled(answer));
    assertThat(offers.claim(address, BOB)).isInstanceOf(Claim.Taken.class);
    assertThat(offers.settle(address, new Answer(BOB, 1, 2, 3, offer.noiseKey()))).isFalse();
    assertThat(offers.answer(address, secret)).contains(answer);
  }

  @Test
  void so_many_offers_are_alive_at_once_and_no_more() {
    redis.delete("{linking}:alive");
    Offers offers = offers(SHORT, SHORT, 3);
    for (int i = 0; i < 3; i++) {
      offers.create(OfferAddress.random(RANDOM), secret, offer);
    }
    refuses(ErrorCode.UNAVAILABLE, () -> offers.create(address, secret, offer));
    await()
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(BluetickException.class)
        .untilAsserted(() -> offers.create(address, secret, offer));
  }

  private Offers offers(Duration lifetime, Duration lease, int bound) {
    return new Offers(
        redis, json, new LinkingSettings(lifetime, lease, bound, 10, Duration.ofSeconds(1)));
  }

  private static void refuses(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(BluetickException.class)
        .isThrownBy(call)
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
