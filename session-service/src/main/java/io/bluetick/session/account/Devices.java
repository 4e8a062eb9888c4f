package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The devices of an account, and the list by which its peers know them.
 *
 * <p>A device comes only with a list that the primary has signed; it goes with or without one. So
 * the server's devices are always a part of the signed ones, and a client refuses any other.
 */
@Service
public class Devices {
  /** As many as one account may have, the primary included. */
  public static final int LIMIT = 5;

  private final AccountRows accounts;
  private final DeviceRows devices;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Devices(AccountRows accounts, DeviceRows devices, ApplicationEventPublisher events, Clock clock) {
    this.accounts = accounts;
    this.devices = devices;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Adds a companion.
   *
   * @param number that the primary gave it: one that no device of the account has
   * @param list with all devices and this one, signed
   */
  @Transactional
  public Registered link(AccountId id, int number, NewDevice companion, SignedDeviceList list) {
    Account account = lock(id);
    Accounts.refuseSuspended(account);
    List<Device> present = devices.of(account.uuid());
    if (present.size() >= LIMIT) {
      throw new BluetickException(
          ErrorCode.TOO_MANY, "An account has at most %d devices.".formatted(LIMIT));
    }
    if (number < 1
        || number > DeviceAddress.MAX_DEVICE
        || present.stream().anyMatch(device -> device.number() == number)) {
      throw new BluetickException(ErrorCode.CONFLICT, "This number is no free companion's.");
    }
    account.nextListVersion();
    Device device = new Device(account, number, companion, clock.instant());
    List<ListedDevice> listed = new ArrayList<>(present.stream().map(Device::listed).toList());
    listed.add(device.listed());
    listed.sort(Comparator.comparingInt(ListedDevice::getDevice));
    Lists.accept(account, list, listed);
    devices.save(device);
    events.publishEvent(new DeviceListChanged(id, account.listVersion()));
    return new Registered(id, number, device.registration(), account.listVersion());
  }

  /** As it was linked before, if the account has it under this number with these keys. */
  @Transactional(readOnly = true)
  public Optional<Registered> linked(AccountId id, int number, NewDevice companion) {
    return devices
        .findById(new DeviceKey(AccountIds.uuid(id), (short) number))
        .filter(device -> device.hasKeysOf(companion))
        .map(Device::view)
        .map(device -> new Registered(id, number, device.registration(), device.sinceVersion()));
  }

  /**
   * Removes a companion; the signed list, which still has it, stays until the primary signs anew.
   */
  @Transactional
  public void unlink(AccountId id, int number) {
    Account account = lock(id);
    Device device = find(account, number);
    if (number == Accounts.PRIMARY) {
      throw new BluetickException(
          ErrorCode.CONFLICT, "The primary device goes only with its account.");
    }
    devices.delete(device);
    account.nextListVersion();
    events.publishEvent(
        new SessionsEnded(id, List.of(number), device.registration(), ErrorCode.UNAUTHENTICATED));
    events.publishEvent(new DeviceListChanged(id, account.listVersion()));
  }

  /** Takes the primary's signature of the devices that there are. */
  @Transactional
  public long sign(AccountId id, SignedDeviceList list) {
    Account account = lock(id);
    account.nextListVersion();
    Lists.accept(account, list, devices.of(account.uuid()).stream().map(Device::listed).toList());
    events.publishEvent(new DeviceListChanged(id, account.listVersion()));
    return account.listVersion();
  }

  /** A name concerns the owner alone: the list stays as it is. */
  @Transactional
  public void rename(AccountId id, int number, String name) {
    find(lock(id), number).rename(name);
  }

  /** Ends a device's live session; it may come back. */
  @Transactional
  public void disconnect(AccountId id, int number) {
    Device device = find(lock(id), number);
    events.publishEvent(
        new SessionsEnded(id, List.of(number), device.registration(), ErrorCode.UNAVAILABLE));
  }

  private Account lock(AccountId id) {
    return accounts.lock(AccountIds.uuid(id)).orElseThrow(Accounts::unknown);
  }

  private Device find(Account account, int number) {
    return devices
        .findById(new DeviceKey(account.uuid(), (short) number))
        .orElseThrow(
            () -> new BluetickException(ErrorCode.NOT_FOUND, "The account has no such device."));
  }
}
