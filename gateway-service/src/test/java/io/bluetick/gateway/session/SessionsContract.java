package io.bluetick.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.gateway.session.Sessions.Answer;
import io.bluetick.gateway.session.Sessions.Asked;
import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is true of sessions wherever they are kept. */
abstract class SessionsContract {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Place HERE = new Place("g1", 1);
  private static final Place THERE = new Place("g2", 2);

  private final SecureRandom random = new SecureRandom();
  private final StaticKey key = newKey();
  private DeviceAddress device = new DeviceAddress(AccountId.random(random), 0);

  abstract Sessions sessions();

  /** As another gateway sees them. */
  Sessions at(String node) {
    return sessions();
  }

  /** Makes a device known with a key, where that does not happen by itself. */
  abstract DeviceAddress known(StaticKey key);

  final StaticKey newKey() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return new StaticKey(bytes);
  }

  final Answer open(DeviceAddress address, StaticKey shown, Place place) {
    try {
      return at(place.node())
          .open(new Asked(address, shown, place, 0))
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until what nobody hears the answer of has happened. */
  abstract void settle();

  private void close(DeviceAddress address, long epoch) {
    sessions().close(address, epoch);
    settle();
  }

  private void abandon(DeviceAddress address, Answer.Opened opened) {
    sessions().abandon(address, opened);
    settle();
  }

  private Answer.Opened opened(Place place) {
    return (Answer.Opened) open(device, key, place);
  }

  @Test
  void epochs_grow_and_the_first_displaces_nobody() {
    device = known(key);
    Answer.Opened first = opened(HERE);
    assertThat(first.displaced()).isEmpty();
    assertThat(first.epoch()).isPositive();
    long before = first.epoch();
    for (int i = 0; i < 100; i++) {
      long epoch = opened(HERE).epoch();
      assertThat(epoch).isGreaterThan(before);
      before = epoch;
    }
  }

  @Test
  void a_newer_connection_names_the_one_that_it_displaces() {
    device = known(key);
    opened(HERE);
    assertThat(opened(THERE).displaced()).contains(HERE);
    assertThat(opened(HERE).displaced()).contains(THERE);
  }

  @Test
  void another_key_is_refused_and_changes_nothing() {
    device = known(key);
    Answer.Opened first = opened(HERE);
    assertThat(open(device, newKey(), THERE))
        .isEqualTo(new Answer.Refused(ErrorCode.UNAUTHENTICATED));
    Answer.Opened next = opened(THERE);
    assertThat(next.displaced()).contains(HERE);
    assertThat(next.epoch()).isGreaterThan(first.epoch());
  }

  @Test
  void a_late_close_of_an_older_connection_changes_nothing() {
    device = known(key);
    long older = opened(HERE).epoch();
    opened(THERE);
    close(device, older);
    assertThat(opened(HERE).displaced()).contains(THERE);
  }

  @Test
  void who_opens_after_a_close_displaces_nobody_and_epochs_go_on() {
    device = known(key);
    long epoch = opened(HERE).epoch();
    close(device, epoch);
    close(device, epoch);
    Answer.Opened next = opened(THERE);
    assertThat(next.displaced()).isEmpty();
    assertThat(next.epoch()).isGreaterThan(epoch);
  }

  @Test
  void closing_for_a_device_that_nobody_knows_does_nothing() {
    close(device, 1);
  }

  @Test
  void an_opening_that_is_taken_back_leaves_the_older_connection_where_it_was() {
    device = known(key);
    opened(HERE);
    Answer.Opened second = opened(THERE);
    abandon(device, second);
    Answer.Opened third = opened(THERE);
    assertThat(third.displaced()).contains(HERE);
    assertThat(third.epoch()).isGreaterThan(second.epoch());
  }

  @Test
  void a_first_opening_that_is_taken_back_leaves_nobody() {
    device = known(key);
    abandon(device, opened(HERE));
    assertThat(opened(THERE).displaced()).isEmpty();
  }

  @Test
  void taking_back_an_older_opening_changes_nothing() {
    device = known(key);
    opened(HERE);
    Answer.Opened older = opened(HERE);
    opened(THERE);
    abandon(device, older);
    assertThat(opened(HERE).displaced()).contains(THERE);
  }

  @Test
  void a_registration_stays_the_same_from_session_to_session() {
    device = known(key);
    int registration = opened(HERE).registration();
    assertThat(registration).isPositive();
    assertThat(opened(THERE).registration()).isEqualTo(registration);
  }

  private Answer attempt(long attempt) {
    try {
      return sessions()
          .open(new Asked(device, key, HERE, attempt))
          .toCompletableFuture()
          .get(5, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void an_attempt_that_was_held_up_does_not_displace_a_later_one() {
    device = known(key);
    assertThat(attempt(7)).isInstanceOf(Answer.Opened.class);
    assertThat(attempt(6)).isEqualTo(new Answer.Refused(ErrorCode.REPLACED));
    assertThat(attempt(0)).isInstanceOf(Answer.Opened.class);
    assertThat(attempt(8)).isInstanceOf(Answer.Opened.class);
  }

  @Test
  void telling_again_of_a_session_changes_nothing_while_it_is_known() {
    device = known(key);
    long older = opened(HERE).epoch();
    long present = opened(THERE).epoch();
    assertThat(sessions().restore(device, THERE, present))
        .succeedsWithin(LIMIT)
        .isEqualTo(Optional.empty());
    assertThat(sessions().restore(device, HERE, older)).succeedsWithin(LIMIT);
    assertThat(opened(HERE).displaced()).contains(THERE);
  }
}
