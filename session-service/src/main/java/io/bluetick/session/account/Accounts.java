package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.number.NumberVault;
import io.bluetick.session.number.PhoneNumber;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Accounts: how they begin, change hands and end. Every change locks the account's row first, so
 * its devices, its list and its events have one order.
 */
@Service
public class Accounts {
  /** The number of the device that an account begins with and that signs its list. */
  public static final int PRIMARY = 0;

  private final AccountRows accounts;
  private final DeviceRows devices;
  private final NumberVault vault;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Accounts(
      AccountRows accounts,
      DeviceRows devices,
      NumberVault vault,
      ApplicationEventPublisher events,
      Clock clock) {
    this.accounts = accounts;
    this.devices = devices;
    this.vault = vault;
    this.events = events;
    this.clock = clock;
  }

  @Transactional(readOnly = true)
  public Optional<AccountView> byNumber(PhoneNumber number) {
    return accounts.findByNumberHash(vault.hash(number).toByteArray()).map(this::view);
  }

  @Transactional(readOnly = true)
  public Optional<AccountView> find(AccountId id) {
    return accounts.findById(AccountIds.uuid(id)).map(this::view);
  }

  /** For its owner and for nobody else. */
  @Transactional(readOnly = true)
  public Optional<PhoneNumber> numberOf(AccountId id) {
    return accounts
        .findById(AccountIds.uuid(id))
        .map(account -> vault.open(account.numberSealed(), account.numberHash()));
  }

  /**
   * Makes the device the primary, and only, device of the number's account: of a new one with this
   * id, or of the one that the number has, which must have this id. Whoever calls has seen to it
   * that the number is the caller's and that no PIN stands in the way.
   */
  @Transactional
  public Registered register(
      AccountId id, PhoneNumber number, NewDevice primary, SignedDeviceList list) {
    Instant now = clock.instant();
    byte[] hash = vault.hash(number).toByteArray();
    Optional<Account> known = accounts.lockByNumber(hash);
    Account account =
        known.orElseGet(() -> new Account(id, vault.hash(number), vault.seal(number), now));
    if (!account.id().equals(id)) {
      throw new BluetickException(
          ErrorCode.CONFLICT, "The number's account has changed meanwhile; verify it again.");
    }
    refuseSuspended(account);
    List<Device> before = known.isPresent() ? devices.of(account.uuid()) : List.of();
    int lastRegistration = account.registrations();
    before.forEach(devices::delete);
    accounts.flush(); // The old primary's row goes before the new one's comes.
    account.nextListVersion();
    Device device = new Device(account, PRIMARY, primary, now);
    Lists.accept(account, list, List.of(device.listed()));
    accounts.save(account);
    accounts.flush();
    devices.save(device);
    if (!before.isEmpty()) {
      List<Integer> numbers = before.stream().map(Device::number).toList();
      events.publishEvent(
          new SessionsEnded(id, numbers, lastRegistration, ErrorCode.UNAUTHENTICATED));
    }
    events.publishEvent(new DeviceListChanged(id, account.listVersion()));
    events.publishEvent(new AccountRegistered(id, known.isPresent()));
    return new Registered(id, PRIMARY, device.registration(), account.listVersion());
  }

  /**
   * The version that the next list of this account must have; of one that is not there, the first.
   */
  @Transactional(readOnly = true)
  public long nextListVersion(AccountId id) {
    return accounts.findById(AccountIds.uuid(id)).map(Account::listVersion).orElse(0L) + 1;
  }

  /**
   * Gives an account another number. An account that had this number until now is deleted: the
   * number is its owner's no more.
   */
  @Transactional
  public void changeNumber(AccountId id, PhoneNumber number) {
    Account account = lock(id);
    refuseSuspended(account);
    byte[] hash = vault.hash(number).toByteArray();
    Optional<Account> other = accounts.lockByNumber(hash);
    if (other.isPresent()) {
      if (other.get().id().equals(id)) {
        return;
      }
      refuseSuspended(other.get());
      delete(other.get());
      accounts.flush();
    }
    account.setNumber(vault.hash(number), vault.seal(number));
    events.publishEvent(new NumberChanged(id));
  }

  /** Ends an account. Deleting one that is not there is done already. */
  @Transactional
  public void delete(AccountId id) {
    accounts.lock(AccountIds.uuid(id)).ifPresent(this::delete);
  }

  /** Returns whether it was not suspended until now. */
  @Transactional
  public boolean suspend(AccountId id) {
    Account account = lock(id);
    if (account.isSuspended()) {
      return false;
    }
    account.setSuspendedAt(clock.instant());
    endAll(account, ErrorCode.SUSPENDED);
    events.publishEvent(new AccountSuspended(id));
    return true;
  }

  /** Returns whether it was suspended until now. */
  @Transactional
  public boolean restore(AccountId id) {
    Account account = lock(id);
    if (!account.isSuspended()) {
      return false;
    }
    account.setSuspendedAt(null);
    events.publishEvent(new AccountRestored(id));
    return true;
  }

  private void delete(Account account) {
    endAll(account, ErrorCode.UNAUTHENTICATED);
    accounts.delete(account);
    events.publishEvent(new AccountDeleted(account.id()));
  }

  private void endAll(Account account, ErrorCode code) {
    List<Integer> numbers = devices.of(account.uuid()).stream().map(Device::number).toList();
    events.publishEvent(new SessionsEnded(account.id(), numbers, account.registrations(), code));
  }

  private Account lock(AccountId id) {
    return accounts.lock(AccountIds.uuid(id)).orElseThrow(Accounts::unknown);
  }

  private AccountView view(Account account) {
    @Nullable Instant suspendedAt = account.suspendedAt();
    return new AccountView(
        account.id(),
        account.listVersion(),
        account.list(),
        devices.of(account.uuid()).stream().map(Device::view).toList(),
        Optional.ofNullable(suspendedAt),
        account.createdAt(),
        account.lastSeen());
  }

  static void refuseSuspended(Account account) {
    if (account.isSuspended()) {
      throw new BluetickException(ErrorCode.SUSPENDED, "This account is suspended.");
    }
  }

  static BluetickException unknown() {
    return new BluetickException(ErrorCode.NOT_FOUND, "There is no such account.");
  }
}
