package io.bluetick.session.outbox;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.AccountEvent;
import io.bluetick.session.account.AccountDeleted;
import io.bluetick.session.account.AccountRegistered;
import io.bluetick.session.account.AccountRestored;
import io.bluetick.session.account.AccountSuspended;
import io.bluetick.session.account.NumberChanged;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What the other services hear of an account. */
@Component
class AccountOutbox {
  private final Records records;
  private final Clock clock;

  AccountOutbox(Records records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  @Outbox
  void heard(AccountRegistered event) {
    var registered =
        io.bluetick.protocol.v1.AccountRegistered.newBuilder().setTakenOver(event.takenOver());
    write(event.account(), AccountEvent.newBuilder().setRegistered(registered));
  }

  @Outbox
  void heard(NumberChanged event) {
    var changed = io.bluetick.protocol.v1.AccountNumberChanged.getDefaultInstance();
    write(event.account(), AccountEvent.newBuilder().setNumberChanged(changed));
  }

  @Outbox
  void heard(AccountSuspended event) {
    var suspended = io.bluetick.protocol.v1.AccountSuspended.getDefaultInstance();
    write(event.account(), AccountEvent.newBuilder().setSuspended(suspended));
  }

  @Outbox
  void heard(AccountRestored event) {
    var restored = io.bluetick.protocol.v1.AccountRestored.getDefaultInstance();
    write(event.account(), AccountEvent.newBuilder().setRestored(restored));
  }

  @Outbox
  void heard(AccountDeleted event) {
    var deleted = io.bluetick.protocol.v1.AccountDeleted.getDefaultInstance();
    write(event.account(), AccountEvent.newBuilder().setDeleted(deleted));
  }

  private void write(AccountId account, AccountEvent.Builder event) {
    records.write(
        Topics.ACCOUNTS,
        account,
        event.setAccount(account.bytes()).setTimeMs(clock.millis()).build());
  }
}
