package io.bluetick.session.directory;

import static io.bluetick.session.directory.Asking.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.directory.DirectoryWriter;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.OpenSession;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionOpened;
import io.bluetick.protocol.v1.SessionRequest;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Devices;
import io.bluetick.session.account.NewDevice;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class SessionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Accounts accounts;
  private final Devices devices;
  private final StringRedisTemplate redis;
  private final OwnedAccount owner;
  private final DeviceAddress phone;
  private final ByteString key;
  private final Asking here;
  private final Asking there;

  /** Another instance of the service, to which nobody tells what changed. */
  private final Asking deaf;

  SessionsTest(
      @Autowired Accounts accounts,
      @Autowired Devices devices,
      @Autowired StringRedisTemplate redis,
      @Autowired Instances instances) {
    this.accounts = accounts;
    this.devices = devices;
    this.redis = redis;
    this.owner = OwnedAccount.register(accounts);
    this.phone = new DeviceAddress(owner.id(), 0);
    this.key = owner.devices().getFirst().getNoiseKey();
    this.here = new Asking(instances.sessions(), "g1");
    this.there = new Asking(instances.sessions(), "g2");
    this.deaf = new Asking(instances.another(), "g3");
  }

  @TestConfiguration
  static class Setup {
    @Bean
    Instances instances(
        Sessions sessions,
        PostgresAccounts rows,
        DirectorySettings settings,
        DirectoryWriter directory,
        LastSeen lastSeen,
        SessionMetrics metrics,
        Clock clock) {
      return new Instances(
          sessions,
          () ->
              new Sessions(new KnownAccounts(rows, settings), directory, lastSeen, metrics, clock));
    }
  }

  /** This instance, and as many others as a test wants. */
  record Instances(Sessions sessions, Supplier<Sessions> others) {
    Sessions another() {
      return others.get();
    }
  }

  private DeviceAddress link(int number, NewDevice companion) {
    long version = accounts.nextListVersion(owner.id());
    devices.link(owner.id(), number, companion, owner.signWith(version, number, companion));
    return new DeviceAddress(owner.id(), number);
  }

  /** The list that Redis has. */
  private void awaitList(long version) {
    String key = DirectoryForTests.key(owner.id());
    await()
        .atMost(LIMIT)
        .until(() -> Long.toString(version).equals(redis.opsForHash().get(key, "v")));
  }

  private void flush() {
    redis.execute(
        (RedisCallback<Boolean>)
            connection -> {
              connection.serverCommands().flushDb();
              return true;
            });
  }

  @Test
  void a_device_opens_with_its_key_and_displaces_itself() {
    SessionOpened first = here.opened(phone, key, -5);
    assertThat(first.getRegistration()).isEqualTo(1);
    assertThat(first.getDisplacedNode()).isEmpty();
    assertThat(first.getEpoch()).isGreaterThan(1_700_000_000_000L);
    SessionOpened second = there.opened(phone, key, 6);
    assertThat(second.getDisplacedNode()).isEqualTo("g1");
    assertThat(second.getDisplacedConnection()).isEqualTo(-5);
    assertThat(second.getEpoch()).isGreaterThan(first.getEpoch());
  }

  @Test
  void another_key_device_or_account_is_refused_and_changes_nothing() {
    here.opened(phone, key, 5);
    assertThat(here.refused(phone, OwnedAccount.randomBytes(32))).isEqualTo("unauthenticated");
    assertThat(here.refused(phone, ByteString.EMPTY)).isEqualTo("unauthenticated");
    assertThat(here.refused(new DeviceAddress(owner.id(), 1), key)).isEqualTo("unauthenticated");
    DeviceAddress nobody = new DeviceAddress(new AccountId(1, 2), 0);
    assertThat(here.refused(nobody, key)).isEqualTo("unauthenticated");
    assertThat(there.opened(phone, key, 6).getDisplacedConnection()).isEqualTo(5);
  }

  @Test
  void what_is_no_request_is_refused_alone() {
    SessionRequest bad =
        SessionRequest.newBuilder().setAccount(ByteString.copyFromUtf8("x")).build();
    SessionRequest empty = Asking.about(phone, 1).build();
    List<SessionAnswer> answers = here.ask(bad, open(phone, key, 1), empty);
    assertThat(answers.get(0).getRefused()).isEqualTo("bad-request");
    assertThat(answers.get(1).hasOpened()).isTrue();
    assertThat(answers.get(2).getRefused()).isEqualTo("bad-request");
  }

  @Test
  void the_requests_of_a_call_are_obeyed_in_their_order() {
    List<SessionAnswer> answers =
        here.ask(open(phone, key, 1), open(phone, key, 2), open(phone, key, 3));
    assertThat(answers.get(0).getOpened().getDisplacedNode()).isEmpty();
    assertThat(answers.get(1).getOpened().getDisplacedConnection()).isEqualTo(1);
    assertThat(answers.get(2).getOpened().getDisplacedConnection()).isEqualTo(2);
  }

  @Test
  void a_late_close_changes_nothing_and_the_right_one_ends_the_session() {
    long first = here.opened(phone, key, 1).getEpoch();
    long second = here.opened(phone, key, 2).getEpoch();
    here.close(phone, first);
    assertThat(here.opened(phone, key, 3).getDisplacedConnection()).isEqualTo(2);
    here.abandon(phone, second);
    long last = here.opened(phone, key, 4).getEpoch();
    here.close(phone, last);
    assertThat(here.opened(phone, key, 5).getDisplacedNode()).isEmpty();
  }

  @Test
  void an_opening_that_is_taken_back_leaves_the_older_connection_where_it_was() {
    here.opened(phone, key, 1);
    there.abandon(phone, there.opened(phone, key, 2).getEpoch());
    assertThat(here.opened(phone, key, 3).getDisplacedNode()).isEqualTo("g1");
  }

  @Test
  void an_attempt_that_was_held_up_is_refused() {
    OpenSession.Builder attempt = OpenSession.newBuilder().setStaticKey(key);
    SessionRequest.Builder request = Asking.about(phone, 1);
    List<SessionAnswer> answers =
        here.ask(
            request.setOpen(attempt.setAttempt(7)).build(),
            request.setOpen(attempt.setAttempt(6)).build());
    assertThat(answers.get(0).hasOpened()).isTrue();
    assertThat(answers.get(1).getRefused()).isEqualTo("replaced");
  }

  @Test
  void a_device_that_was_just_linked_opens_though_the_list_is_remembered_without_it() {
    here.opened(phone, key, 1);
    deaf.opened(phone, key, 1);
    NewDevice companion = OwnedAccount.anyCompanion();
    DeviceAddress laptop = link(1, companion);
    assertThat(deaf.opened(laptop, companion.noiseKey(), 2).getRegistration()).isEqualTo(2);
    assertThat(here.opened(laptop, companion.noiseKey(), 2).getRegistration()).isEqualTo(2);
  }

  @Test
  void one_that_was_unlinked_is_refused_though_the_list_is_remembered_with_it() {
    NewDevice companion = OwnedAccount.anyCompanion();
    DeviceAddress laptop = link(1, companion);
    deaf.opened(laptop, companion.noiseKey(), 2);
    devices.unlink(owner.id(), 1);
    awaitList(3);
    assertThat(deaf.refused(laptop, companion.noiseKey())).isEqualTo("unauthenticated");
    assertThat(here.refused(laptop, companion.noiseKey())).isEqualTo("unauthenticated");
    deaf.opened(phone, key, 3);
  }

  @Test
  void a_suspended_account_is_refused_until_it_is_restored() {
    here.opened(phone, key, 1);
    accounts.suspend(owner.id());
    await().atMost(LIMIT).until(() -> here.refused(phone, key).equals("suspended"));
    assertThat(here.refused(phone, OwnedAccount.randomBytes(32))).isEqualTo("unauthenticated");
    accounts.restore(owner.id());
    here.opened(phone, key, 2);
  }

  @Test
  void of_fifty_who_race_each_has_its_own_epoch_and_the_highest_stays() throws Exception {
    Set<Long> epochs = new ConcurrentSkipListSet<>();
    List<Future<?>> racing = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        Asking gateway = List.of(here, there, deaf).get(i % 3);
        int racer = i;
        racing.add(
            threads.submit(() -> {
              for (int turn = 0; turn < 4; turn++) {
                long epoch = gateway.opened(phone, key, racer).getEpoch();
                assertThat(epochs.add(epoch)).isTrue();
                gateway.close(phone, epoch - 1);
              }
            }));
      }
      for (Future<?> racer : racing) {
        racer.get();
      }
    }
    assertThat(epochs).hasSize(200);
    long highest = epochs.stream().mapToLong(Long::longValue).max().orElseThrow();
    here.close(phone, highest);
    assertThat(here.opened(phone, key, 1).getDisplacedNode()).isEmpty();
  }

  @Test
  void after_redis_was_emptied_a_session_is_told_again_and_epochs_go_on() {
    long epoch = here.opened(phone, key, 1).getEpoch();
    flush();
    assertThat(here.restore(phone, 1, epoch)).isEmpty();
    SessionOpened next = there.opened(phone, key, 2);
    assertThat(next.getDisplacedNode()).isEqualTo("g1");
    assertThat(next.getEpoch()).isGreaterThan(epoch);
    assertThat(here.restore(phone, 1, epoch)).isEmpty();
    there.close(phone, next.getEpoch());
    assertThat(here.restore(phone, 1, epoch)).isEqualTo("replaced");
  }

  @Test
  void a_session_that_may_not_go_on_is_not_restored() {
    NewDevice companion = OwnedAccount.anyCompanion();
    DeviceAddress laptop = link(1, companion);
    long epoch = deaf.opened(laptop, companion.noiseKey(), 2).getEpoch();
    devices.unlink(owner.id(), 1);
    awaitList(3);
    assertThat(deaf.restore(laptop, 2, epoch)).isEqualTo("unauthenticated");
    NewDevice later = OwnedAccount.anyCompanion();
    link(1, later);
    flush();
    assertThat(deaf.restore(laptop, 2, epoch)).isEqualTo("replaced");
  }
}
