package io.bluetick.session.outbox;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.ListChanged;
import io.bluetick.protocol.v1.MailboxBatch;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Purge;
import io.bluetick.session.account.AccountDeleted;
import io.bluetick.session.account.DeviceListChanged;
import io.bluetick.session.key.PreKeysLow;
import org.springframework.stereotype.Component;

/** What an account's mailbox hears. */
@Component
class MailboxOutbox {
  private final Records records;

  MailboxOutbox(Records records) {
    this.records = records;
  }

  @Outbox
  void heard(DeviceListChanged changed) {
    ListChanged command =
        ListChanged.newBuilder()
            .setKind(ChangeKind.DEVICE_LIST)
            .setSubject(changed.account().bytes())
            .setVersion(changed.version())
            .build();
    write(changed.account(), MailboxCommand.newBuilder().setListChanged(command));
  }

  @Outbox
  void heard(PreKeysLow low) {
    ListChanged command =
        ListChanged.newBuilder()
            .setKind(ChangeKind.PRE_KEYS_LOW)
            .setSubject(low.account().bytes())
            .setDevice(low.device())
            .build();
    write(low.account(), MailboxCommand.newBuilder().setListChanged(command));
  }

  @Outbox
  void heard(AccountDeleted deleted) {
    write(deleted.account(), MailboxCommand.newBuilder().setPurge(Purge.getDefaultInstance()));
  }

  private void write(AccountId account, MailboxCommand.Builder command) {
    records.write(
        Topics.MAILBOX,
        account,
        MailboxBatch.newBuilder().addCommands(command.setActor(account.bytes())).build());
  }
}
