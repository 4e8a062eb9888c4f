package io.bluetick.session.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Devices;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.support.TransactionTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@RecordApplicationEvents
class HandOutTest {
  private static final int THREADS = 50;

  private final Queue<Object> events = new ConcurrentLinkedQueue<>();
  private final DeviceAddress asker = new DeviceAddress(new AccountId(1, 2), 0);
  private final Accounts accounts;
  private final Devices devices;
  private final Keys keys;
  private final JdbcClient sql;
  private final HandOut handOut;
  private final TransactionTemplate transaction;
  private final RegisteredDevice primary;

  @Autowired
  HandOutTest(
      Accounts accounts,
      Devices devices,
      Keys keys,
      JdbcClient sql,
      TransactionTemplate transaction) {
    this.accounts = accounts;
    this.devices = devices;
    this.keys = keys;
    this.sql = sql;
    this.handOut = new HandOut(new BundleTables(sql), events::add);
    this.transaction = transaction;
    this.primary = RegisteredDevice.register(accounts);
    keys.store(primary.account(), 0, primary.keys().first());
  }

  @Test
  void a_bundle_has_what_the_device_uploaded_and_the_list_that_the_primary_signed() {
    KeySet first = primary.keys().first();
    KeySet oneTime = primary.keys().oneTime(4, 5);
    keys.upload(primary.caller(), first);
    keys.upload(primary.caller(), oneTime);
    Bundles bundles = take();
    assertThat(bundles.listVersion()).isEqualTo(primary.listVersion());
    assertThat(bundles.list()).isEqualTo(accounts.find(primary.account()).orElseThrow().list());
    assertThat(bundles.devices())
        .containsExactly(
            new Bundle(
                0,
                primary.caller().registration(),
                primary.identityKey(),
                Objects.requireNonNull(first.signedPreKey()),
                oneTime.ecOneTime().getFirst(),
                oneTime.kyberOneTime().getFirst(),
                false));
  }

  @Test
  void the_last_resort_takes_the_place_of_one_time_keys_and_stays() {
    keys.upload(primary.caller(), primary.keys().oneTime(1, 1));
    assertThat(take().devices().getFirst().kyberIsLastResort()).isFalse();
    Bundle second = take().devices().getFirst();
    assertThat(second.ecOneTime()).isNull();
    assertThat(second.kyberIsLastResort()).isTrue();
    assertThat(take().devices().getFirst()).isEqualTo(second);
  }

  @Test
  void each_device_gives_its_own_keys_and_those_not_asked_for_give_none() {
    RegisteredDevice companion = companionWithKeys();
    keys.upload(primary.caller(), primary.keys().oneTime(1, 2));
    keys.upload(companion.caller(), companion.keys().oneTime(11, 12));
    assertThat(take().devices()).extracting(Bundle::device).containsExactly(0, 9);
    Bundles named = take(Set.of(9, 44));
    assertThat(named.devices()).extracting(Bundle::device).containsExactly(9);
    assertThat(named.devices().getFirst().kyber().id()).isEqualTo(12);
    assertThat(keys.counts(primary.caller())).isEqualTo(new KeyCounts(1, 1));
    assertThat(keys.counts(companion.caller())).isEqualTo(new KeyCounts(0, 0));
  }

  @Test
  void a_device_that_has_not_uploaded_its_keys_is_left_out() {
    primary.link(devices, 9);
    assertThat(take().devices()).extracting(Bundle::device).containsExactly(0);
    RegisteredDevice bare = RegisteredDevice.register(accounts);
    assertThat(transaction.execute(_ -> handOut.take(asker, bare.account(), Set.of())).devices())
        .isEmpty();
  }

  @Test
  void a_device_that_asks_for_its_own_account_takes_none_of_its_own_keys() {
    RegisteredDevice companion = companionWithKeys();
    keys.upload(primary.caller(), primary.keys().oneTime(1, 2));
    keys.upload(companion.caller(), companion.keys().oneTime(1, 2));
    Bundles bundles =
        transaction.execute(
            _ -> handOut.take(companion.caller().address(), primary.account(), Set.of()));
    assertThat(bundles.devices()).extracting(Bundle::device).containsExactly(0);
    assertThat(keys.counts(companion.caller())).isEqualTo(new KeyCounts(2, 2));
  }

  @Test
  void nothing_is_told_of_an_account_that_is_unknown_or_suspended() {
    keys.upload(primary.caller(), primary.keys().oneTime(1, 2));
    accounts.suspend(primary.account());
    for (AccountId account : List.of(primary.account(), new AccountId(3, 4))) {
      assertThatThrownBy(() -> transaction.execute(_ -> handOut.take(asker, account, Set.of())))
          .isInstanceOfSatisfying(
              BluetickException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
    assertThat(keys.counts(primary.caller())).isEqualTo(new KeyCounts(2, 2));
  }

  @Test
  void of_fifty_who_ask_at_once_no_two_get_the_same_one_time_key() throws Exception {
    int stock = 40;
    keys.upload(primary.caller(), primary.keys().oneTime(1, stock));
    List<Bundle> bundles = takeAtOnce();
    assertThat(bundles).hasSize(THREADS);
    assertThat(bundles.stream().map(Bundle::ecOneTime).filter(Objects::nonNull).map(EcKey::id))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, stock).boxed().toList());
    assertThat(
            bundles.stream().filter(bundle -> !bundle.kyberIsLastResort()).map(b -> b.kyber().id()))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, stock).boxed().toList());
    assertThat(keys.counts(primary.caller())).isEqualTo(new KeyCounts(0, 0));
  }

  @Test
  void a_key_that_was_not_handed_out_after_all_is_there_again() {
    keys.upload(primary.caller(), primary.keys().oneTime(1, 1));
    transaction.executeWithoutResult(status -> {
      assertThat(handOut.take(asker, primary.account(), Set.of()).devices().getFirst().ecOneTime())
          .isNotNull();
      status.setRollbackOnly();
    });
    assertThat(take().devices().getFirst().ecOneTime()).isNotNull();
  }

  @Test
  void a_device_is_told_once_that_its_stock_is_low_until_it_has_filled_it() {
    keys.upload(primary.caller(), primary.keys().oneTime(1, Keys.LOW + 1));
    take();
    assertThat(events).isEmpty();
    PreKeysLow low = new PreKeysLow(primary.account(), 0);
    take();
    assertThat(events).containsExactly(low);
    take();
    keys.upload(primary.caller(), primary.keys().oneTime(101, 101));
    take();
    assertThat(events).containsExactly(low);
    keys.upload(primary.caller(), primary.keys().oneTime(102, 104));
    take();
    take();
    take();
    assertThat(events).containsExactly(low, low);
  }

  @Test
  void the_service_publishes_that_a_stock_is_low(
      @Autowired HandOut service, ApplicationEvents published) {
    service.take(asker, primary.account(), Set.of());
    assertThat(published.stream(PreKeysLow.class))
        .containsExactly(new PreKeysLow(primary.account(), 0));
  }

  @Test
  void one_kind_alone_can_be_low_and_each_device_is_told_for_itself() {
    RegisteredDevice companion = companionWithKeys();
    KeySet many = primary.keys().oneTime(1, 30);
    keys.upload(primary.caller(), many);
    keys.upload(
        companion.caller(),
        new KeySet(null, null, many.ecOneTime(), companion.keys().oneTime(1, 20).kyberOneTime()));
    take();
    assertThat(events).containsExactly(new PreKeysLow(primary.account(), 9));
  }

  @Test
  void of_fifty_who_ask_at_once_one_makes_the_stock_low() throws Exception {
    // Of one kind: each is told for itself, and two who ask at once may each tell one of them.
    KeySet few = primary.keys().oneTime(1, THREADS);
    KeySet many = primary.keys().oneTime(1, THREADS + Keys.LOW);
    keys.upload(primary.caller(), new KeySet(null, null, few.ecOneTime(), many.kyberOneTime()));
    takeAtOnce();
    assertThat(events).containsExactly(new PreKeysLow(primary.account(), 0));
  }

  @Test
  void an_account_can_be_deleted_while_its_keys_are_being_handed_out() throws Exception {
    RegisteredDevice companion = companionWithKeys();
    keys.upload(companion.caller(), companion.keys().oneTime(1, 1));
    BundleTables tables = new BundleTables(sql);
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Future<?> deletion =
          transaction.execute(_ -> {
            tables.take(asker, primary.account(), Set.of());
            Future<?> deleting = other.submit(() -> accounts.delete(primary.account()));
            // It has locked what is the primary's, and waits for the key of the companion.
            await().until(this::somebodyWaitsForKeys);
            assertThat(tables.markLow(primary.account(), List.of(0, 9))).isNotNull();
            return deleting;
          });
      deletion.get();
    }
    assertThat(accounts.find(primary.account())).isEmpty();
  }

  private boolean somebodyWaitsForKeys() {
    return sql.sql(
            "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()"
                + " AND wait_event_type = 'Lock'")
        .query((row, _) -> row.getBoolean(1))
        .single();
  }

  private RegisteredDevice companionWithKeys() {
    RegisteredDevice companion = primary.link(devices, 9);
    keys.store(primary.account(), 9, companion.keys().first());
    return companion;
  }

  private Bundles take() {
    return take(Set.of());
  }

  private Bundles take(Set<Integer> named) {
    return transaction.execute(_ -> handOut.take(asker, primary.account(), named));
  }

  private List<Bundle> takeAtOnce() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<Bundle> bundles = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Bundles>> answers =
          IntStream.range(0, THREADS)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    start.await();
                    return take();
                  }))
              .toList();
      start.countDown();
      for (Future<Bundles> answer : answers) {
        bundles.add(answer.get().devices().getFirst());
      }
    }
    return bundles;
  }
}
