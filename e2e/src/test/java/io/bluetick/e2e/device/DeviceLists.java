package io.bluetick.e2e.device;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.Devices;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a device believes of accounts' devices, its own account's too. */
final class DeviceLists {
  private static final Known NONE = new Known(0, Set.of());

  private final Map<AccountId, Known> accounts = new HashMap<>();

  /** A version of an account's list, and the numbers of those who are in it. */
  record Known(long version, Set<Integer> numbers) {
    Known {
      numbers = Set.copyOf(numbers);
    }

    Known without(int number) {
      Set<Integer> others = new TreeSet<>(numbers);
      others.remove(number);
      return new Known(version, others);
    }
  }

  Known of(AccountId account) {
    return accounts.getOrDefault(account, NONE);
  }

  void learn(AccountId account, Known list) {
    accounts.merge(
        account, list, (known, told) -> told.version() >= known.version() ? told : known);
  }

  /** What a mismatch says; returns those to whom the message must be sent again. */
  Known learn(Devices mismatch) {
    AccountId account = AccountId.of(mismatch.getAccount());
    Set<Integer> again = new TreeSet<>(mismatch.getMissingList());
    again.addAll(mismatch.getStaleList());
    Set<Integer> present = new TreeSet<>(of(account).numbers());
    present.addAll(again);
    present.removeAll(mismatch.getGoneList());
    learn(account, new Known(mismatch.getListVersion(), present));
    return new Known(mismatch.getListVersion(), again);
  }
}
