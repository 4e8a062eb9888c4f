package io.bluetick.session.admin;

import io.bluetick.platform.security.AdminCaller;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.AccountView;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.AdminActed;
import io.bluetick.session.account.Devices;
import io.bluetick.session.number.PhoneNumber;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What operators do with accounts: each act and its entry in the audit log in one transaction, and
 * looking is an act as well.
 */
@Service
class AccountDesk {
  private static final String READ = "account.read";

  private final Accounts accounts;
  private final Devices devices;
  private final ApplicationEventPublisher events;

  AccountDesk(Accounts accounts, Devices devices, ApplicationEventPublisher events) {
    this.accounts = accounts;
    this.devices = devices;
    this.events = events;
  }

  @Transactional
  public Optional<AccountView> read(AdminCaller caller, AccountId id) {
    Optional<AccountView> account = accounts.find(id);
    note(caller, READ, id, account.isPresent() ? "" : "There is none.");
    return account;
  }

  /** The number itself is kept nowhere, so a search in vain leaves only that there was one. */
  @Transactional
  public Optional<AccountView> find(AdminCaller caller, PhoneNumber number) {
    Optional<AccountView> account = accounts.byNumber(number);
    if (account.isPresent()) {
      note(caller, READ, account.get().id(), "By its number.");
    } else {
      events.publishEvent(new AdminActed(caller.name(), READ, "", "By a number that has none."));
    }
    return account;
  }

  @Transactional
  public void disconnect(AdminCaller caller, AccountId id, int device) {
    devices.disconnect(id, device);
    note(caller, "device.disconnect", id, "Device " + device);
  }

  @Transactional
  public void unlink(AdminCaller caller, AccountId id, int device) {
    devices.unlink(id, device);
    note(caller, "device.unlink", id, "Device " + device);
  }

  @Transactional
  public void suspend(AdminCaller caller, AccountId id, String reason) {
    accounts.suspend(id);
    note(caller, "account.suspend", id, reason);
  }

  @Transactional
  public void restore(AdminCaller caller, AccountId id) {
    accounts.restore(id);
    note(caller, "account.restore", id, "");
  }

  @Transactional
  public void delete(AdminCaller caller, AccountId id, String reason) {
    accounts.delete(id);
    note(caller, "account.delete", id, reason);
  }

  private void note(AdminCaller caller, String action, AccountId target, String detail) {
    events.publishEvent(new AdminActed(caller.name(), action, target.toString(), detail));
  }
}
