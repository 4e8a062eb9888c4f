package io.bluetick.client.delivery;

import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.group.GroupTable;
import io.bluetick.client.group.MemberTicks;
import io.bluetick.client.group.OwnKeyTable;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.SenderKeys;
import io.bluetick.client.store.Database;

/** Of {@link Tables}, what groups need. */
record GroupTables(
    GroupTable members,
    OwnKeyTable ownKeys,
    SenderKeys senderKeys,
    MemberTicks ticks,
    HeldTable held) {

  static GroupTables of(Database database, OwnDevice own, OwnKeys keys) {
    return new GroupTables(
        new GroupTable(database),
        new OwnKeyTable(database),
        new SenderKeys(database, keys, own.address()),
        new MemberTicks(database, own.address().account()),
        new HeldTable(database));
  }
}
