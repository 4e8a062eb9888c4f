package io.bluetick.client.group;

import io.bluetick.client.chat.Tick;
import io.bluetick.client.store.Queries;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The groups that are known. May be read beside the thread that writes. */
public final class GroupBook {
  private static final String COLUMNS = "SELECT id, name, version FROM groups";

  private final Queries database;

  public GroupBook(Queries database) {
    this.database = database;
  }

  /** How far a message of this account came at one member. */
  public record Receipt(AccountId member, Tick tick) {}

  public Optional<Group> find(AccountId id) {
    return database.first(COLUMNS + " WHERE id = ?", this::group, id.bytes());
  }

  public List<Group> all() {
    return database.all(COLUMNS + " ORDER BY name, id", this::group);
  }

  /** Of those members at whom it came somewhere. */
  public List<Receipt> receipts(long message) {
    return database.all(
        "SELECT member, tick FROM group_receipt WHERE message = ? ORDER BY member",
        row -> new Receipt(AccountId.of(row.bytes(1)), Tick.of(row.integer(2))),
        message);
  }

  Set<AccountId> members(AccountId group) {
    return Set.copyOf(
        database.all(
            "SELECT account FROM group_member WHERE group_id = ? AND left_ms IS NULL",
            row -> AccountId.of(row.bytes(1)),
            group.bytes()));
  }

  private Group group(Row row) {
    AccountId id = AccountId.of(row.bytes(1));
    return new Group(id, row.text(2), row.number(3), members(id));
  }
}
