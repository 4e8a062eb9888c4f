package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.AccountId;
import org.junit.jupiter.api.Test;

class AccountRatesTest {
  private static final long NOW_MS = 1_767_225_600_000L;

  private final AccountRates rates = new AccountRates(new TokenBucket(1, 2));
  private final AccountId alice = new AccountId(1, 1);
  private final AccountId bob = new AccountId(1, 2);

  @Test
  void each_account_has_a_bucket_of_its_own() {
    assertThat(rates.take(alice, NOW_MS)).isTrue();
    assertThat(rates.take(alice, NOW_MS)).isTrue();
    assertThat(rates.take(alice, NOW_MS)).isFalse();
    assertThat(rates.take(bob, NOW_MS)).isTrue();
    assertThat(rates.take(alice, NOW_MS + 1_000)).isTrue();
  }

  @Test
  void who_is_refused_pays_nothing() {
    rates.take(alice, NOW_MS);
    rates.take(alice, NOW_MS);
    for (int i = 0; i < 100; i++) {
      assertThat(rates.take(alice, NOW_MS + i)).isFalse();
    }
    assertThat(rates.take(alice, NOW_MS + 1_000)).isTrue();
  }

  @Test
  void only_those_that_are_full_again_are_forgotten() {
    rates.take(alice, NOW_MS);
    rates.take(bob, NOW_MS);
    rates.take(bob, NOW_MS);
    rates.forgetFull(NOW_MS + 1_000);
    assertThat(rates.size()).isOne();
    assertThat(rates.take(bob, NOW_MS + 1_000)).isTrue();
    assertThat(rates.take(bob, NOW_MS + 1_000)).isFalse();
    rates.forgetFull(NOW_MS + 3_000);
    assertThat(rates.size()).isZero();
  }
}
