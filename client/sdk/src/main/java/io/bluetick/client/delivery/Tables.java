package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Conversations;
import io.bluetick.client.content.Content;
import io.bluetick.client.device.DeviceTable;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.Peers;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.client.signal.Ratchets;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import java.time.InstantSource;

/** What the loop writes to: all of it over one database, on one thread. */
record Tables(
    Database database,
    OwnDevice own,
    OwnKeys keys,
    DeviceTable device,
    Peers peers,
    Ratchets ratchets,
    PreKeys preKeys,
    Conversations conversations,
    Outbox outbox,
    GroupTables groups,
    InstantSource clock) {

  static Tables of(Database database, OwnDevice own, InstantSource clock) {
    OwnKeys keys = OwnKeys.of(own.identity(), own.registration());
    DeviceTable device = new DeviceTable(database);
    return new Tables(
        database,
        own,
        keys,
        device,
        new Peers(database),
        new Ratchets(database, keys),
        new PreKeys(database, device, keys, clock),
        new Conversations(database),
        new Outbox(database),
        GroupTables.of(database, own, keys),
        clock);
  }

  AccountId account() {
    return own.address().account();
  }

  /** What is said, with what every content has. */
  Content complete(AccountId chat, Content said) {
    return said.toBuilder()
        .setAuthor(account().bytes())
        .setGroup(isGroup(chat) ? chat.bytes() : ByteString.EMPTY)
        .setWrittenMs(nowMs())
        .setDisappearsAfterS(conversations.timer(chat))
        .build();
  }

  boolean isGroup(AccountId chat) {
    return groups.members().isKnown(chat);
  }

  /** The time as the server has it. */
  long nowMs() {
    return clock.millis() + device.clockOffsetMs();
  }
}
