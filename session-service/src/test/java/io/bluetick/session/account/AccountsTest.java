package io.bluetick.session.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@RecordApplicationEvents
class AccountsTest {
  private final PhoneNumber number = PhoneNumber.parse(TestDevice.newNumber());
  private final AccountId id = TestDevice.newAccountId();
  private final TestDevice phone = TestDevice.generate();

  private final Accounts accounts;
  private final Devices devices;

  AccountsTest(@Autowired Accounts accounts, @Autowired Devices devices) {
    this.accounts = accounts;
    this.devices = devices;
  }

  private Registered register() {
    return accounts.register(id, number, phone.asNew(), phone.sign(id, 1, Map.of()));
  }

  private Registered link(int device, TestDevice companion) {
    long version = accounts.nextListVersion(id);
    return devices.link(
        id, device, companion.asNew(), phone.sign(id, version, Map.of(device, companion)));
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BluetickException.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  @Test
  void a_new_number_gets_the_account_that_was_promised() {
    assertThat(accounts.byNumber(number)).isEmpty();
    assertThat(register()).isEqualTo(new Registered(id, 0, 1, 1));
    assertThat(accounts.byNumber(number))
        .hasValueSatisfying(account -> {
          assertThat(account.id()).isEqualTo(id);
          assertThat(account.devices()).extracting(DeviceView::number).containsExactly(0);
        });
    assertThat(accounts.numberOf(id)).contains(number);
  }

  @Test
  void who_registers_a_number_anew_takes_it_over_and_older_devices_are_out(
      @Autowired ApplicationEvents events) {
    register();
    link(1, TestDevice.generate());
    TestDevice other = TestDevice.generate();
    Registered taken = accounts.register(id, number, other.asNew(), other.sign(id, 3, Map.of()));
    assertThat(taken).isEqualTo(new Registered(id, 0, 3, 3));
    assertThat(accounts.find(id).orElseThrow().devices())
        .extracting(DeviceView::registration)
        .containsExactly(3);
    assertThat(events.stream(SessionsEnded.class))
        .containsExactly(new SessionsEnded(id, List.of(0, 1), 2, ErrorCode.UNAUTHENTICATED));
    assertThat(events.stream(AccountRegistered.class))
        .containsExactly(new AccountRegistered(id, false), new AccountRegistered(id, true));
  }

  @Test
  void a_number_whose_account_is_another_than_was_promised_is_not_registered() {
    register();
    AccountId stale = TestDevice.newAccountId();
    assertRefused(
        ErrorCode.CONFLICT,
        () -> accounts.register(stale, number, phone.asNew(), phone.sign(stale, 1, Map.of())));
  }

  @Test
  void a_list_that_is_not_right_registers_nobody() {
    SignedDeviceList forged =
        TestDevice.generate().sign(id, 1, Map.of()).toBuilder()
            .setList(phone.sign(id, 1, Map.of()).getList())
            .build();
    assertRefused(
        ErrorCode.BAD_SIGNATURE, () -> accounts.register(id, number, phone.asNew(), forged));
    assertRefused(
        ErrorCode.STALE_LIST,
        () -> accounts.register(id, number, phone.asNew(), phone.sign(id, 2, Map.of())));
    assertThat(accounts.find(id)).isEmpty();
  }

  @Test
  void a_device_comes_only_with_a_list_that_has_it() {
    register();
    TestDevice companion = TestDevice.generate();
    assertRefused(
        ErrorCode.STALE_LIST,
        () -> devices.link(id, 1, companion.asNew(), phone.sign(id, 2, Map.of())));
    TestDevice slippedIn = TestDevice.generate();
    assertRefused(
        ErrorCode.STALE_LIST,
        () -> devices.link(id, 1, slippedIn.asNew(), phone.sign(id, 2, Map.of(1, companion))));
    assertThat(link(1, companion)).isEqualTo(new Registered(id, 1, 2, 2));
  }

  @Test
  void of_two_changes_at_once_one_is_told_that_it_is_stale() throws Exception {
    register();
    List<Callable<Registered>> both =
        List.of(
            () -> linkSecond(1, TestDevice.generate()), () -> linkSecond(2, TestDevice.generate()));
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<Registered>> done = threads.invokeAll(both);
      assertThat(done).extracting(Future::state).contains(Future.State.SUCCESS);
      assertThat(done).extracting(Future::state).contains(Future.State.FAILED);
    }
    assertThat(accounts.find(id).orElseThrow().listVersion()).isEqualTo(2);
  }

  private Registered linkSecond(int device, TestDevice companion) {
    return devices.link(
        id, device, companion.asNew(), phone.sign(id, 2, Map.of(device, companion)));
  }

  @Test
  void no_account_has_a_sixth_device() {
    register();
    Map<Integer, TestDevice> companions = new HashMap<>();
    for (int device = 1; device < Devices.LIMIT; device++) {
      TestDevice companion = TestDevice.generate();
      companions.put(device, companion);
      devices.link(
          id, device, companion.asNew(), phone.sign(id, device + 1L, Map.copyOf(companions)));
    }
    assertRefused(ErrorCode.TOO_MANY, () -> link(5, TestDevice.generate()));
  }

  @Test
  void a_companion_that_goes_leaves_a_list_that_the_primary_may_sign_anew() {
    register();
    link(1, TestDevice.generate());
    devices.unlink(id, 1);
    AccountView account = accounts.find(id).orElseThrow();
    assertThat(account.listVersion()).isEqualTo(3);
    assertThat(account.devices()).extracting(DeviceView::number).containsExactly(0);
    assertThat(devices.sign(id, phone.sign(id, 4, Map.of()))).isEqualTo(4);
    assertRefused(ErrorCode.CONFLICT, () -> devices.unlink(id, 0));
    assertRefused(ErrorCode.NOT_FOUND, () -> devices.unlink(id, 1));
  }

  @Test
  void a_number_that_is_linked_again_has_a_higher_registration() {
    register();
    int before = link(1, TestDevice.generate()).registration();
    devices.unlink(id, 1);
    assertThat(link(1, TestDevice.generate()).registration()).isGreaterThan(before);
  }

  @Test
  void a_number_that_moves_to_another_account_ends_the_one_that_had_it(
      @Autowired ApplicationEvents events) {
    register();
    PhoneNumber used = PhoneNumber.parse(TestDevice.newNumber());
    AccountId former = TestDevice.newAccountId();
    TestDevice its = TestDevice.generate();
    accounts.register(former, used, its.asNew(), its.sign(former, 1, Map.of()));
    accounts.changeNumber(id, used);
    assertThat(accounts.find(former)).isEmpty();
    assertThat(accounts.byNumber(used).orElseThrow().id()).isEqualTo(id);
    assertThat(accounts.byNumber(number)).isEmpty();
    assertThat(events.stream(AccountDeleted.class)).containsExactly(new AccountDeleted(former));
    assertThat(events.stream(NumberChanged.class)).containsExactly(new NumberChanged(id));
  }

  @Test
  void a_suspended_account_changes_nothing_until_it_is_restored(
      @Autowired ApplicationEvents events) {
    register();
    assertThat(accounts.suspend(id)).isTrue();
    assertThat(accounts.suspend(id)).isFalse();
    assertRefused(ErrorCode.SUSPENDED, () -> link(1, TestDevice.generate()));
    TestDevice other = TestDevice.generate();
    assertRefused(
        ErrorCode.SUSPENDED,
        () -> accounts.register(id, number, other.asNew(), other.sign(id, 2, Map.of())));
    assertThat(events.stream(SessionsEnded.class))
        .containsExactly(new SessionsEnded(id, List.of(0), 1, ErrorCode.SUSPENDED));
    assertThat(accounts.restore(id)).isTrue();
    assertThat(link(1, TestDevice.generate()).device()).isEqualTo(1);
  }

  @Test
  void a_deleted_account_is_gone_and_deleting_it_again_is_nothing(
      @Autowired ApplicationEvents events) {
    register();
    accounts.delete(id);
    accounts.delete(id);
    assertThat(accounts.find(id)).isEmpty();
    assertThat(events.stream(AccountDeleted.class)).containsExactly(new AccountDeleted(id));
  }
}
