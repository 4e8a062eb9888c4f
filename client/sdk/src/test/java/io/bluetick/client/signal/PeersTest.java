package io.bluetick.client.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.client.signal.Learned.Identity;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.DatabaseKey;
import io.bluetick.client.store.Schema;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {
  private static final AccountId ANN = new AccountId(0, 1);

  private final OwnKeys primary = OwnKeys.generate();
  private final OwnKeys companion = OwnKeys.generate();

  @TempDir private Path folder;

  private Database database;
  private Peers peers;

  @BeforeEach
  void open() {
    database =
        Database.open(
            folder.resolve("store"), DatabaseKey.generate(new SecureRandom()), Schema.MIGRATIONS);
    peers = new Peers(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static ListedDevice device(int number, OwnKeys keys) {
    return ListedDevice.newBuilder()
        .setDevice(number)
        .setIdentityKey(keys.publicBytes())
        .setNoiseKey(ByteString.copyFrom(new byte[32]))
        .build();
  }

  private static SignedDeviceList list(
      AccountId account, long version, OwnKeys signer, ListedDevice... devices) {
    ByteString list =
        DeviceList.newBuilder()
            .setAccount(account.bytes())
            .setVersion(version)
            .addAllDevices(List.of(devices))
            .build()
            .toByteString();
    ByteString text = ByteString.copyFromUtf8("bluetick.v1.devices").concat(list);
    return SignedDeviceList.newBuilder().setList(list).setSignature(signer.sign(text)).build();
  }

  private Learned learn(long version, SignedDeviceList list) {
    return database.transaction(() -> peers.learn(ANN, version, list));
  }

  @Test
  void a_list_that_the_primary_signed_is_believed() {
    Learned learned = learn(1, list(ANN, 1, primary, device(0, primary), device(1, companion)));
    assertThat(learned)
        .isInstanceOfSatisfying(
            Learned.Known.class,
            known -> {
              assertThat(known.identity()).isEqualTo(Identity.FIRST);
              assertThat(known.peer().devices())
                  .containsExactly(new DeviceAddress(ANN, 0), new DeviceAddress(ANN, 1));
            });
  }

  @Test
  void a_list_that_somebody_else_signed_changes_nothing() {
    learn(1, list(ANN, 1, primary, device(0, primary)));
    assertThat(learn(2, list(ANN, 2, companion, device(0, primary), device(1, companion))))
        .isInstanceOf(Learned.Forged.class);
    assertThat(peers.find(ANN).orElseThrow().devices()).hasSize(1);
  }

  @Test
  void another_accounts_list_and_lists_without_their_primary_are_none() {
    assertThat(learn(1, list(new AccountId(0, 2), 1, primary, device(0, primary))))
        .isInstanceOf(Learned.Forged.class);
    assertThat(learn(1, list(ANN, 1, companion, device(1, companion))))
        .isInstanceOf(Learned.Forged.class);
    assertThat(learn(1, list(ANN, 1, primary))).isInstanceOf(Learned.Forged.class);
    assertThat(learn(1, list(ANN, 1, primary, device(0, primary), device(0, primary))))
        .isInstanceOf(Learned.Forged.class);
  }

  @Test
  void the_device_that_libsignal_has_no_number_for_is_left_out() {
    learn(1, list(ANN, 1, primary, device(0, primary), device(127, companion)));
    assertThat(peers.find(ANN).orElseThrow().devices()).containsExactly(new DeviceAddress(ANN, 0));
  }

  @Test
  void two_lists_of_one_version_are_one_too_many() {
    learn(2, list(ANN, 2, primary, device(0, primary)));
    assertThat(learn(2, list(ANN, 2, primary, device(0, primary), device(1, companion))))
        .isInstanceOf(Learned.Older.class);
  }

  @Test
  void the_own_account_has_the_primary_that_it_had_and_this_device() {
    DeviceAddress self = new DeviceAddress(ANN, 1);
    SignedDeviceList first = list(ANN, 1, primary, device(0, primary), device(1, companion));
    learn(1, first);
    OwnKeys eve = OwnKeys.generate();
    assertThat(learnOwn(self, list(ANN, 2, eve, device(0, eve), device(1, companion))))
        .isInstanceOf(Learned.Forged.class);
    assertThat(learnOwn(self, list(ANN, 2, primary, device(0, primary))))
        .isInstanceOf(Learned.Forged.class);
    assertThat(learnOwn(self, list(ANN, 2, primary, device(0, primary), device(1, eve))))
        .isInstanceOf(Learned.Forged.class);
    assertThat(
            learnOwn(
                self,
                list(ANN, 2, primary, device(0, primary), device(1, companion), device(2, eve))))
        .isInstanceOf(Learned.Known.class);
  }

  private Learned learnOwn(DeviceAddress self, SignedDeviceList list) {
    return database.transaction(() -> peers.learnOwn(self, companion, 2, list));
  }

  @Test
  void an_old_list_does_not_bring_a_device_back() {
    SignedDeviceList two = list(ANN, 2, primary, device(0, primary), device(1, companion));
    learn(2, two);
    learn(3, list(ANN, 3, primary, device(0, primary)));
    assertThat(learn(3, two)).isInstanceOf(Learned.Older.class);
    assertThat(peers.find(ANN).orElseThrow().devices()).hasSize(1);
  }

  @Test
  void a_new_key_of_the_primary_is_told_and_takes_the_verification_away() {
    learn(1, list(ANN, 1, primary, device(0, primary)));
    database.transaction(() -> peers.verified(ANN, true));
    assertThat(peers.find(ANN).orElseThrow().isVerified()).isTrue();
    learn(2, list(ANN, 2, primary, device(0, primary), device(1, companion)));
    assertThat(peers.find(ANN).orElseThrow().isVerified()).isTrue();
    assertThat(learn(3, list(ANN, 3, companion, device(0, companion))))
        .isInstanceOfSatisfying(
            Learned.Known.class, known -> assertThat(known.identity()).isEqualTo(Identity.CHANGED));
    assertThat(peers.find(ANN).orElseThrow().isVerified()).isFalse();
  }

  @Test
  void both_see_the_same_safety_number() {
    AccountId bob = new AccountId(0, 2);
    String number = PeerBook.safetyNumber(ANN, primary.publicKey(), bob, companion.publicKey());
    assertThat(number).matches("\\d{60}");
    assertThat(PeerBook.safetyNumber(bob, companion.publicKey(), ANN, primary.publicKey()))
        .isEqualTo(number);
    assertThat(PeerBook.safetyNumber(ANN, primary.publicKey(), bob, OwnKeys.generate().publicKey()))
        .isNotEqualTo(number);
  }
}
