package io.bluetick.session.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Caller;
import io.bluetick.session.account.Devices;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class KeysTest {
  private final Accounts accounts;
  private final Devices devices;
  private final Keys keys;
  private final HandOut handOut;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final RegisteredDevice device;

  @Autowired
  KeysTest(
      Accounts accounts,
      Devices devices,
      Keys keys,
      HandOut handOut,
      JdbcClient sql,
      TransactionTemplate transaction) {
    this.accounts = accounts;
    this.devices = devices;
    this.keys = keys;
    this.handOut = handOut;
    this.sql = sql;
    this.transaction = transaction;
    this.device = RegisteredDevice.register(accounts);
  }

  @BeforeEach
  void come_with_the_first_keys() {
    keys.store(device.account(), 0, device.keys().first());
  }

  @Test
  void keys_are_stored_in_the_transaction_that_makes_their_device() {
    KeySet first = device.keys().first();
    RegisteredDevice companion =
        transaction.execute(_ -> {
          RegisteredDevice linked = device.link(devices, 7);
          keys.store(linked.account(), 7, linked.keys().first());
          return linked;
        });
    assertThat(keys.counts(companion.caller())).isEqualTo(new KeyCounts(0, 0));
    assertThat(rows("signed_pre_key", companion.caller())).isEqualTo(2);
    refused(() -> keys.store(device.account(), 7, first), ErrorCode.BAD_SIGNATURE);
  }

  @Test
  void a_device_does_not_come_without_the_keys_that_are_not_used_up() {
    KeySet first = device.keys().first();
    for (KeySet set :
        List.of(
            new KeySet(null, first.lastResortKyber(), List.of(), List.of()),
            new KeySet(first.signedPreKey(), null, List.of(), List.of()))) {
      refused(() -> keys.store(device.account(), 0, set), ErrorCode.INVALID);
    }
    refused(() -> keys.store(device.account(), 3, first), ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void an_upload_can_be_repeated() {
    KeySet set = device.keys().oneTime(1, 30);
    assertThat(keys.upload(device.caller(), set)).isEqualTo(new KeyCounts(30, 30));
    assertThat(keys.upload(device.caller(), set)).isEqualTo(new KeyCounts(30, 30));
  }

  @Test
  void what_was_handed_out_does_not_come_back_with_a_repeated_upload() {
    KeySet set = device.keys().oneTime(5, 9);
    keys.upload(device.caller(), set);
    assertThat(take().ecOneTime()).isEqualTo(set.ecOneTime().get(0));
    assertThat(take().kyber()).isEqualTo(set.kyberOneTime().get(1));
    assertThat(keys.upload(device.caller(), set)).isEqualTo(new KeyCounts(3, 3));
    for (int id = 7; id <= 9; id++) {
      assertThat(take().ecOneTime()).extracting(EcKey::id).isEqualTo(id);
    }
    assertThat(keys.upload(device.caller(), set)).isEqualTo(new KeyCounts(0, 0));
    assertThat(take().ecOneTime()).isNull();
  }

  @Test
  void an_id_that_is_not_higher_than_all_before_is_ignored() {
    keys.upload(device.caller(), device.keys().oneTime(10, 12));
    assertThat(keys.upload(device.caller(), device.keys().oneTime(1, 9)))
        .isEqualTo(new KeyCounts(3, 3));
    assertThat(keys.upload(device.caller(), device.keys().oneTime(9, 9)))
        .isEqualTo(new KeyCounts(3, 3));
    assertThat(keys.upload(device.caller(), device.keys().oneTime(KeySet.MAX_ID)))
        .isEqualTo(new KeyCounts(4, 4));
  }

  @Test
  void another_key_under_an_id_in_stock_is_refused_and_changes_nothing() {
    KeySet set = device.keys().oneTime(1, 3);
    keys.upload(device.caller(), set);
    KeySet other =
        new KeySet(
            device.keys().signedPreKey(2),
            null,
            List.of(device.keys().ec(4), device.keys().ec(2)),
            List.of());
    refused(() -> keys.upload(device.caller(), other), ErrorCode.CONFLICT);
    assertThat(keys.counts(device.caller())).isEqualTo(new KeyCounts(3, 3));
    assertThat(take().signedPreKey().id()).isEqualTo(1);
  }

  @Test
  void a_key_that_was_signed_anew_is_the_same_key() {
    KyberKey key = device.keys().kyber(1);
    KyberKey again = device.keys().signedAnew(key);
    assertThat(again).isNotEqualTo(key);
    for (KyberKey each : List.of(key, again)) {
      KeySet set = new KeySet(null, null, List.of(), List.of(each));
      assertThat(keys.upload(device.caller(), set)).isEqualTo(new KeyCounts(0, 1));
    }
    assertThat(take().kyber()).isEqualTo(key);
  }

  @Test
  void no_more_than_a_hundred_of_a_kind_are_in_stock() {
    List<EcKey> hundred = IntStream.range(0, 100).mapToObj(device.keys()::ec).toList();
    KeySet set = new KeySet(null, null, hundred, List.of());
    assertThat(keys.upload(device.caller(), set)).isEqualTo(new KeyCounts(100, 0));
    KeySet more = new KeySet(null, null, List.of(device.keys().ec(100)), List.of());
    ThrowingCallable uploading = () -> keys.upload(device.caller(), more);
    refused(uploading, ErrorCode.TOO_MANY);
    assertThatThrownBy(uploading).hasMessageContaining("100 one-time keys of this kind (ec)");
    take();
    assertThat(keys.upload(device.caller(), more)).isEqualTo(new KeyCounts(100, 0));
  }

  @Test
  void a_signed_pre_key_and_the_last_resort_are_replaced() {
    KeySet next =
        new KeySet(device.keys().signedPreKey(2), device.keys().kyber(9), List.of(), List.of());
    keys.upload(device.caller(), next);
    Bundle bundle = take();
    assertThat(bundle.signedPreKey()).isEqualTo(next.signedPreKey());
    assertThat(bundle.kyber()).isEqualTo(next.lastResortKyber());
    assertThat(bundle.kyberIsLastResort()).isTrue();
  }

  @Test
  void a_registration_that_was_replaced_uploads_nothing() {
    Caller before = new Caller(device.account(), 0, device.caller().registration() - 1);
    refused(() -> keys.upload(before, device.keys().oneTime(1, 1)), ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void the_digest_tells_whether_the_keys_are_the_devices() throws Exception {
    KeySet set = device.keys().first();
    keys.upload(device.caller(), set);
    assertThat(keys.isConsistent(device.caller(), digest(set))).isTrue();
    assertThat(keys.isConsistent(device.caller(), digest(device.keys().first()))).isFalse();
    keys.upload(
        device.caller(), new KeySet(device.keys().signedPreKey(1), null, List.of(), List.of()));
    assertThat(keys.isConsistent(device.caller(), digest(set))).isFalse();
    RegisteredDevice bare = RegisteredDevice.register(accounts);
    assertThat(keys.isConsistent(bare.caller(), ByteString.empty())).isFalse();
  }

  @Test
  void all_keys_go_with_their_device() {
    RegisteredDevice companion = device.link(devices, 1);
    keys.store(companion.account(), 1, companion.keys().first());
    keys.upload(companion.caller(), companion.keys().oneTime(1, 2));
    devices.unlink(device.account(), 1);
    for (String table : List.of("signed_pre_key", "one_time_key", "one_time_stock")) {
      assertThat(rows(table, companion.caller())).isZero();
    }
  }

  @Test
  void uploads_of_the_same_at_the_same_time_are_one() throws Exception {
    KeySet set = device.keys().oneTime(1, 50);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<KeyCounts>> answers =
          IntStream.range(0, 8)
              .mapToObj(_ -> threads.submit(() -> keys.upload(device.caller(), set)))
              .toList();
      for (Future<KeyCounts> answer : answers) {
        assertThat(answer.get()).isEqualTo(new KeyCounts(50, 50));
      }
    }
  }

  private Bundle take() {
    Caller asker = new Caller(device.account(), 99, 1);
    return handOut.take(asker.address(), device.account(), Set.of(0)).devices().getFirst();
  }

  private int rows(String table, Caller owner) {
    return sql.sql("SELECT count(*) FROM " + table + " WHERE account = ? AND device = ?")
        .params(AccountIds.uuid(owner.account()), owner.device())
        .query((row, _) -> row.getInt(1))
        .single();
  }

  private ByteString digest(KeySet set) throws Exception {
    return ByteString.copyFrom(TestDigest.of(device.identityKey(), set));
  }

  private static void refused(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BluetickException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
