package io.bluetick.client.group;

import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which sender key this device writes with to a group, and which devices have it. */
public final class OwnKeyTable {
  private final Database database;

  public OwnKeyTable(Database database) {
    this.database = database;
  }

  /** The present key of a group. */
  public record OwnKey(UUID distribution, long madeMs, long uses) {}

  public Optional<OwnKey> find(AccountId group) {
    return database.first(
        "SELECT distribution, made_ms, uses FROM group_key WHERE group_id = ?",
        row -> new OwnKey(UUID.fromString(row.text(1)), row.number(2), row.number(3)),
        group.bytes());
  }

  /** From now on another key is used, which nobody has. */
  public void replace(AccountId group, UUID distribution, long nowMs) {
    database.run("DELETE FROM group_key WHERE group_id = ?", group.bytes());
    database.run(
        "INSERT INTO group_key (group_id, distribution, made_ms) VALUES (?, ?, ?)",
        group.bytes(),
        distribution.toString(),
        nowMs);
  }

  public void used(AccountId group) {
    database.run("UPDATE group_key SET uses = uses + 1 WHERE group_id = ?", group.bytes());
  }

  /**
   * Whether some device has the key that must not: it is listed no more, or with another identity
   * key, or its account has left.
   */
  public boolean isWithStrangers(AccountId group) {
    return database
        .first(
            "SELECT 1 FROM group_handed AS handed WHERE group_id = ? AND NOT EXISTS ("
                + "SELECT 1 FROM group_member AS member JOIN peer_device AS device"
                + " ON device.account = member.account WHERE member.group_id = handed.group_id"
                + " AND member.account = handed.account AND member.left_ms IS NULL"
                + " AND device.device = handed.device AND device.identity = handed.identity)"
                + " LIMIT 1",
            _ -> true,
            group.bytes())
        .isPresent();
  }

  /** The members of whom some device does not have the key. */
  public List<AccountId> lacking(AccountId group, DeviceAddress self) {
    return database.all(
        "SELECT DISTINCT member.account FROM group_member AS member JOIN peer_device AS device"
            + " ON device.account = member.account"
            + " WHERE member.group_id = ? AND member.left_ms IS NULL"
            + " AND NOT (device.account = ? AND device.device = ?)"
            + " AND NOT EXISTS (SELECT 1 FROM group_handed AS handed"
            + " WHERE handed.group_id = member.group_id AND handed.account = device.account"
            + " AND handed.device = device.device) ORDER BY member.account",
        row -> AccountId.of(row.bytes(1)),
        group.bytes(),
        self.account().bytes(),
        self.device());
  }

  /** The members of whom no list of devices is known. */
  public List<AccountId> unlisted(AccountId group) {
    return database.all(
        "SELECT account FROM group_member AS member WHERE group_id = ? AND left_ms IS NULL"
            + " AND NOT EXISTS (SELECT 1 FROM peer WHERE peer.account = member.account)"
            + " ORDER BY account",
        row -> AccountId.of(row.bytes(1)),
        group.bytes());
  }

  /** The key is on its way to this device, which is a listed one. */
  public void handed(AccountId group, DeviceAddress device) {
    database.run(
        "INSERT OR REPLACE INTO group_handed (group_id, account, device, identity)"
            + " SELECT ?, account, device, identity FROM peer_device"
            + " WHERE account = ? AND device = ?",
        group.bytes(),
        device.account().bytes(),
        device.device());
  }
}
