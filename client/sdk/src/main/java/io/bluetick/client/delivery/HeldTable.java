package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import io.bluetick.client.socket.Heard.Author;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.List;
import java.util.Optional;

/** Messages of groups that cannot be read yet, in the order in which they came. */
final class HeldTable {
  private static final String SELECT =
      "SELECT id, group_id, account, device, registration, counter, at_ms, ciphertext, version,"
          + " asked FROM held";

  private final Database database;

  HeldTable(Database database) {
    this.database = database;
  }

  /**
   * A message of a group.
   *
   * @param id 0 before it is held
   * @param version of the membership that was known when it came; 0: none
   * @param isAsked whether its sender was asked for it
   */
  record Held(
      long id,
      AccountId group,
      Author author,
      long counter,
      long atMs,
      ByteString ciphertext,
      long version,
      boolean isAsked) {

    DeviceAddress device() {
      return author.device();
    }
  }

  Held add(Held message) {
    DeviceAddress device = message.device();
    long id =
        database.insert(
            "INSERT INTO held"
                + " (group_id, account, device, registration, counter, at_ms, ciphertext, version)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            message.group().bytes(),
            device.account().bytes(),
            device.device(),
            message.author().registration(),
            message.counter(),
            message.atMs(),
            message.ciphertext(),
            message.version());
    return find(id).orElseThrow();
  }

  long count(AccountId account) {
    return database
        .first("SELECT count(*) FROM held WHERE account = ?", row -> row.number(1), account.bytes())
        .orElse(0L);
  }

  void removeOldest(AccountId account) {
    database.run(
        "DELETE FROM held WHERE id = (SELECT min(id) FROM held WHERE account = ?)",
        account.bytes());
  }

  void remove(long id) {
    database.run("DELETE FROM held WHERE id = ?", id);
  }

  void asked(long id) {
    database.run("UPDATE held SET asked = 1 WHERE id = ?", id);
  }

  Optional<Held> find(long id) {
    return database.first(SELECT + " WHERE id = ?", HeldTable::held, id);
  }

  /** What a device was asked for. */
  Optional<Held> asked(DeviceAddress device, long counter) {
    return database.first(
        SELECT + " WHERE account = ? AND device = ? AND counter = ? AND asked = 1",
        HeldTable::held,
        device.account().bytes(),
        device.device(),
        counter);
  }

  List<Held> of(DeviceAddress device, AccountId group) {
    return database.all(
        SELECT + " WHERE account = ? AND device = ? AND group_id = ? ORDER BY id",
        HeldTable::held,
        device.account().bytes(),
        device.device(),
        group.bytes());
  }

  List<Held> in(AccountId group) {
    return database.all(SELECT + " WHERE group_id = ? ORDER BY id", HeldTable::held, group.bytes());
  }

  /** Those that nobody was asked for. */
  List<Long> unasked() {
    return database.all("SELECT id FROM held WHERE asked = 0 ORDER BY id", row -> row.number(1));
  }

  void sweep(long beforeMs) {
    database.run("DELETE FROM held WHERE at_ms < ?", beforeMs);
  }

  private static Held held(Row row) {
    return new Held(
        row.number(1),
        AccountId.of(row.bytes(2)),
        new Author(new DeviceAddress(AccountId.of(row.bytes(3)), row.integer(4)), row.integer(5)),
        row.number(6),
        row.number(7),
        row.bytes(8),
        row.number(9),
        row.integer(10) != 0);
  }
}
