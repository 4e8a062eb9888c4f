package io.bluetick.session.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.AccountView;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Devices;
import io.bluetick.session.key.Keys;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens between the two databases. */
@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class LinkingFailuresTest {
  @Autowired private Offers offers;
  @Autowired private Accounts accounts;
  @Autowired private Devices devices;
  @Autowired private Keys keys;
  @Autowired private Waiters waiters;
  @Autowired private RedisMessageListenerContainer linkingNotices;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private StringRedisTemplate redis;

  private final Companion companion = new Companion();
  private final OfferAddress address = OfferAddress.random(new SecureRandom());
  private final OfferSecret secret = OfferSecret.random(new SecureRandom());
  private OwnedAccount account;
  private Linking.Request request;

  @BeforeEach
  void offer() {
    account = OwnedAccount.register(accounts);
    offers.create(address, secret, companion.offer());
    request =
        new Linking.Request(
            1, account.signWith(2, 1, companion.device()), OwnedAccount.randomBytes(10));
  }

  @Test
  void a_companion_that_cannot_learn_that_it_is_linked_is_unlinked() {
    Linking linking = thatAfterTheCommit(() -> redis.delete("{linking}:offer:" + address.name()));
    assertThatExceptionOfType(BluetickException.class)
        .isThrownBy(() -> linking.link(account.id(), address, request))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.EXPIRED));
    AccountView view = accounts.find(account.id()).orElseThrow();
    assertThat(view.devices()).hasSize(1);
    assertThat(view.listVersion()).isEqualTo(3);
  }

  @Test
  void a_commit_of_which_nobody_heard_keeps_the_offer_for_the_account() {
    Linking linking =
        thatAfterTheCommit(() -> {
          throw new IllegalStateException("the connection is gone");
        });
    assertThatIllegalStateException()
        .isThrownBy(() -> linking.link(account.id(), address, request));
    assertThat(offers.claim(address, account.id())).isInstanceOf(Claim.Busy.class);
    assertThat(offers.claim(address, new AccountId(1, 2))).isInstanceOf(Claim.Taken.class);
  }

  @Test
  @Timeout(30)
  void a_notice_comes_by_way_of_redis() {
    await().until(linkingNotices::isListening);
    try (Waiters.Waiter waiter = waiters.enter(address.name())) {
      thatAfterTheCommit(() -> {}).link(account.id(), address, request);
      waiter.await(TimeUnit.MINUTES.toNanos(5));
      assertThat(offers.answer(address, secret)).isPresent();
    }
  }

  private Linking thatAfterTheCommit(Runnable happens) {
    TransactionTemplate template =
        new TransactionTemplate(transactions) {
          @Override
          public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
            T result = super.execute(action);
            happens.run();
            return result;
          }
        };
    return new Linking(offers, devices, keys, template);
  }
}
