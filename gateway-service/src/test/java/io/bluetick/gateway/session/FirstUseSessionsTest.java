package io.bluetick.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.gateway.session.Sessions.Answer;
import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FirstUseSessionsTest extends SessionsContract {
  private static final int MAX_DEVICES = 3;
  private static final Place HERE = new Place("g1", 1);

  /** It stands still, as a clock seems to between two quick connections. */
  private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private final FirstUseSessions sessions = new FirstUseSessions(clock, MAX_DEVICES);

  @Override
  Sessions sessions() {
    return sessions;
  }

  @Override
  DeviceAddress known(StaticKey key) {
    return new DeviceAddress(AccountId.random(new SecureRandom()), 1);
  }

  /** It happens at once. */
  @Override
  void settle() {}

  @Test
  void past_the_bound_only_known_devices_are_let_in() {
    StaticKey key = newKey();
    DeviceAddress first = known(key);
    open(first, key, HERE);
    for (int i = 1; i < MAX_DEVICES; i++) {
      assertThat(open(known(key), key, HERE)).isInstanceOf(Answer.Opened.class);
    }
    assertThat(open(known(key), key, HERE)).isEqualTo(new Answer.Refused(ErrorCode.UNAVAILABLE));
    assertThat(open(first, key, HERE)).isInstanceOf(Answer.Opened.class);
  }

  @Test
  void epochs_grow_across_a_restart() {
    StaticKey key = newKey();
    DeviceAddress device = known(key);
    long before = ((Answer.Opened) open(device, key, HERE)).epoch();
    assertThat(before).isEqualTo(clock.millis());
  }

  @Test
  void a_key_does_not_tell_itself() {
    assertThat(newKey()).hasToString("StaticKey");
  }
}
