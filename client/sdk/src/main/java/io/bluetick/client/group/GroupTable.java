package io.bluetick.client.group;

import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Who is in which group, and who was. Those who left are remembered by the time of leaving. */
public final class GroupTable {
  private final Database database;
  private final GroupBook book;

  public GroupTable(Database database) {
    this.database = database;
    this.book = new GroupBook(database);
  }

  /** Takes a group as it is now; false if this or a later version of it is known. */
  public boolean know(Group group, long nowMs) {
    if (group.version() <= version(group.id())) {
      return false;
    }
    database.run(
        "INSERT INTO groups (id, name, version) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            + " name = excluded.name, version = excluded.version",
        group.id().bytes(),
        group.name(),
        group.version());
    Set<AccountId> before = book.members(group.id());
    Set<AccountId> leavers = new HashSet<>(before);
    leavers.removeAll(group.members());
    for (AccountId leaver : leavers) {
      database.run(
          "UPDATE group_member SET left_ms = ? WHERE group_id = ? AND account = ?",
          nowMs,
          group.id().bytes(),
          leaver.bytes());
    }
    group.members().stream()
        .filter(member -> !before.contains(member))
        .forEach(newcomer ->
            database.run(
                "INSERT INTO group_member (group_id, account, since_version) VALUES (?, ?, ?)"
                    + " ON CONFLICT (group_id, account) DO UPDATE SET"
                    + " since_version = excluded.since_version, left_ms = NULL",
                group.id().bytes(),
                newcomer.bytes(),
                group.version()));
    return true;
  }

  public boolean isKnown(AccountId id) {
    return version(id) > 0;
  }

  /** The membership that is known; 0: none. */
  public long version(AccountId group) {
    return database
        .first("SELECT version FROM groups WHERE id = ?", row -> row.number(1), group.bytes())
        .orElse(0L);
  }

  public Optional<Group> find(AccountId id) {
    return book.find(id);
  }

  /**
   * Whether what an account sent at this time belongs into a group: he is a member, or sent it
   * before this device learned that he left. The server lets nobody write who left, so what is
   * still under way when he goes is genuine.
   */
  public boolean mayWrite(AccountId group, AccountId account, long atMs) {
    return database
        .first(
            "SELECT 1 FROM group_member WHERE group_id = ? AND account = ?"
                + " AND (left_ms IS NULL OR left_ms >= ?)",
            _ -> true,
            group.bytes(),
            account.bytes(),
            atMs)
        .isPresent();
  }

  /** Whether an account is a member now and has been one since this version or before. */
  public boolean isMemberSince(AccountId group, AccountId account, long version) {
    return database
        .first(
            "SELECT 1 FROM group_member WHERE group_id = ? AND account = ? AND left_ms IS NULL"
                + " AND since_version <= ?",
            _ -> true,
            group.bytes(),
            account.bytes(),
            version)
        .isPresent();
  }
}
