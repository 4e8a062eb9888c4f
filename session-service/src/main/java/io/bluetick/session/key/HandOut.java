package io.bluetick.session.key;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Hands out bundles, each one-time key to one asker. */
@Service
class HandOut {
  private final BundleTables tables;
  private final ApplicationEventPublisher events;

  HandOut(BundleTables tables, ApplicationEventPublisher events) {
    this.tables = tables;
    this.events = events;
  }

  /**
   * One bundle of each device of the account, or of those named; none of the asker itself, and none
   * of a device that has not uploaded its keys. Throws {@code not-found} if there is no such
   * account, or it is suspended.
   */
  @Transactional
  public Bundles take(DeviceAddress asker, AccountId account, Set<Integer> named) {
    Bundles bundles = tables.take(asker, account, named).orElseThrow(HandOut::noAccount);
    List<Integer> devices = bundles.devices().stream().map(Bundle::device).toList();
    for (int device : tables.markLow(account, devices)) {
      events.publishEvent(new PreKeysLow(account, device));
    }
    return bundles;
  }

  /** The list of an account's devices. Throws {@code not-found} as {@link #take} does. */
  public PublishedList list(AccountId account) {
    return tables.list(account).orElseThrow(HandOut::noAccount);
  }

  private static BluetickException noAccount() {
    return new BluetickException(ErrorCode.NOT_FOUND, "There is no such account.");
  }
}
