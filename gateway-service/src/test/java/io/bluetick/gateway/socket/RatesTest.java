package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RatesTest {
  private static final int BURST = 3;

  private final AtomicLong nowMs = new AtomicLong(1_000_000);
  private final Rates rates =
      new Rates(
          new Binder(
                  new MapConfigurationPropertySource(
                      Map.of(
                          "bluetick.socket.connection-rate", 1,
                          "bluetick.socket.connection-burst", BURST,
                          "bluetick.socket.account-rate", 1,
                          "bluetick.socket.account-burst", 1)))
              .bindOrCreate("bluetick.socket", SocketSettings.class),
          nowMs::get);
  private final Session session = session(0);

  private static Session session(int device) {
    return new Session(new DeviceAddress(new AccountId(1, 2), device), 1, 1, 0, 0);
  }

  private void empty() {
    for (int i = 0; i < BURST; i++) {
      assertThat(rates.take(session)).isTrue();
    }
    assertThat(rates.take(session)).isFalse();
  }

  @Test
  void who_is_limited_learns_when_to_come_back() {
    empty();
    Refusal refusal = rates.limited(session);
    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(refusal.frame(0).getRetryAfterMs()).isEqualTo(1_000);
    nowMs.addAndGet(1_000);
    assertThat(rates.take(session)).isTrue();
    assertThat(rates.take(session)).isFalse();
  }

  @Test
  void who_goes_on_while_limited_is_cut_off_and_who_waits_begins_anew() {
    empty();
    for (int i = 0; i < BURST; i++) {
      rates.limited(session);
    }
    nowMs.addAndGet(1_000);
    assertThat(rates.take(session)).isTrue();
    for (int i = 0; i < BURST; i++) {
      rates.limited(session);
    }
    assertThatThrownBy(() -> rates.limited(session)).isInstanceOf(Violation.class);
  }

  @Test
  void all_connections_of_an_account_share_its_rate() {
    rates.takeForAccount(session);
    assertThatThrownBy(() -> rates.takeForAccount(session(1))).isInstanceOf(Refusal.class);
    nowMs.addAndGet(1_000);
    rates.forgetFull();
    rates.takeForAccount(session(1));
  }
}
