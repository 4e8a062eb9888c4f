package io.bluetick.message.mailbox;

import io.bluetick.directory.AccountEntry;
import io.bluetick.directory.AccountEntry.ListedDevice;
import io.bluetick.directory.LiveRoute;
import io.bluetick.directory.Place;
import io.bluetick.message.mailbox.SimulatedDevice.Connection;
import io.bluetick.message.mailbox.SimulatedDevice.Known;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.ListChanged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Accounts and their devices as session-service and the directory have them. */
final class SimulatedAccounts {
  private static final int MAX_DEVICES = 3;

  final List<AccountId> all =
      List.of(new AccountId(0, 1), new AccountId(0, 2), new AccountId(0, 3));

  /** Also those that are no more. */
  final List<SimulatedDevice> devices = new ArrayList<>();

  private final World world;
  private final Map<AccountId, Listed> lists = new HashMap<>();

  /** An account's list. */
  private static final class Listed {
    private long version;
    private final Map<Integer, ListedDevice> devices = new HashMap<>();
  }

  SimulatedAccounts(World world) {
    this.world = world;
    for (AccountId account : all) {
      lists.put(account, new Listed());
      link(account, 0);
    }
  }

  private Listed list(AccountId account) {
    return Objects.requireNonNull(lists.get(account));
  }

  List<ListedDevice> listed(AccountId account) {
    return List.copyOf(list(account).devices.values());
  }

  List<SimulatedDevice> linked() {
    return devices.stream().filter(device -> device.isLinked).toList();
  }

  Known fresh(AccountId account) {
    Listed list = list(account);
    return new Known(list.version, new TreeSet<>(list.devices.keySet()));
  }

  AccountEntry directory(AccountId account) {
    Listed list = list(account);
    Map<Integer, LiveRoute> routes = new HashMap<>();
    Map<Integer, Long> epochs = new HashMap<>();
    for (SimulatedDevice device : devices) {
      Connection connection = device.connection;
      if (device.isLinked && device.key.account().equals(account) && connection != null) {
        int number = device.key.device();
        epochs.put(number, connection.epoch);
        routes.put(
            number,
            new LiveRoute(number, connection.epoch, new Place(connection.node, connection.number)));
      }
    }
    return new AccountEntry(list.version, list.devices, routes, epochs);
  }

  void link(AccountId account, int number) {
    Listed list = list(account);
    ListedDevice before = list.devices.get(number);
    if (before == null && list.devices.size() >= MAX_DEVICES) {
      return;
    }
    if (before != null) {
      retire(account, number);
    }
    list.version++;
    int registration = (int) list.version;
    list.devices.put(number, new ListedDevice(number, registration, list.version));
    devices.add(new SimulatedDevice(new DeviceKey(account, number, registration)));
    world.trace("%s/%d.%d is linked", account, number, registration);
    changed(account, list);
  }

  void unlink(SimulatedDevice device) {
    if (device.key.device() == 0) {
      return;
    }
    Listed list = list(device.key.account());
    list.version++;
    list.devices.remove(device.key.device());
    retire(device.key.account(), device.key.device());
    world.trace("%s is unlinked", device.key);
    changed(device.key.account(), list);
  }

  private void retire(AccountId account, int number) {
    for (SimulatedDevice device : devices) {
      if (device.isLinked
          && device.key.account().equals(account)
          && device.key.device() == number) {
        device.isLinked = false;
        device.connection = null;
      }
    }
  }

  private void changed(AccountId account, Listed list) {
    world.append(
        World.command(account)
            .setListChanged(
                ListChanged.newBuilder()
                    .setKind(ChangeKind.DEVICE_LIST)
                    .setSubject(account.bytes())
                    .setVersion(list.version))
            .build());
  }
}
