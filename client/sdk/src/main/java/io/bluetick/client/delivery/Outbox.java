package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.content.Content;
import io.bluetick.client.signal.Trust;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent, and what was.
 *
 * <p>A content waits until there are keys for its recipient. Then it is encrypted, once, and gets a
 * counter; the frame is kept and sent as it is until it is accepted, so that a crash at any moment
 * neither loses it nor lets it be shown twice.
 */
final class Outbox {
  private final Database database;

  Outbox(Database database) {
    this.database = database;
  }

  /**
   * A content that is not encrypted yet.
   *
   * @param message absent if it is none that is shown
   * @param devices only for these; empty: for all
   * @param counter absent: it gets one; a repair has that of what it repairs
   * @param repeats how often it was encrypted anew already
   */
  record Unsealed(
      long id,
      AccountId account,
      Content content,
      OptionalLong message,
      Set<Integer> devices,
      OptionalLong counter,
      int repeats) {

    /** Whether it is worth waking somebody. */
    boolean isShown() {
      boolean isRemark = content.hasReaction() || content.hasVote();
      return (message.isPresent() || content.getAnswers() > 0) && !isRemark;
    }

    boolean isForGroup() {
      return content.getGroup().equals(account.bytes());
    }
  }

  /** A content that was sent. */
  record Sent(AccountId account, OptionalLong message, Content content, int repeats) {}

  // ---- Contents --------------------------------------------------------------------------------

  void add(AccountId account, Content content, @Nullable Long message) {
    database.run(
        "INSERT INTO outbox (account, content, message) VALUES (?, ?, ?)",
        account.bytes(),
        content.toByteString(),
        message);
  }

  /** The same once more, for some devices. */
  void addAgain(Sent sent, AccountId account, Set<Integer> devices, @Nullable Long counter) {
    database.run(
        "INSERT INTO outbox (account, content, message, devices, counter, repeats, answers)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        account.bytes(),
        sent.content().toByteString(),
        sent.message().isPresent() ? sent.message().getAsLong() : null,
        list(devices),
        counter,
        sent.repeats(),
        sent.content().getAnswers());
  }

  /** A group's key for some devices of one of its members. */
  void addHanding(AccountId account, Set<Integer> devices, Content content, AccountId group) {
    database.run(
        "INSERT INTO outbox (account, content, devices, hands) VALUES (?, ?, ?, ?)",
        account.bytes(),
        content.toByteString(),
        list(devices),
        group.bytes());
  }

  /** Whether a group's key is not encrypted yet for somebody. */
  boolean isHanding(AccountId group) {
    return database
        .first(
            "SELECT 1 FROM outbox WHERE hands = ? AND frame IS NULL LIMIT 1",
            _ -> true,
            group.bytes())
        .isPresent();
  }

  /** The key is replaced: nobody needs it any more. */
  void forgetHanding(AccountId group) {
    database.run("DELETE FROM outbox WHERE hands = ? AND frame IS NULL", group.bytes());
  }

  /** The groups for which something waits to be encrypted. */
  List<AccountId> groups() {
    return database.all(
        "SELECT account FROM outbox WHERE frame IS NULL AND account IN (SELECT id FROM groups)"
            + " GROUP BY account ORDER BY min(id)",
        row -> AccountId.of(row.bytes(1)));
  }

  /**
   * For whom something waits to be encrypted, who waits longest first; nobody whose messages are
   * held.
   */
  List<AccountId> recipients(int limit) {
    return database.all(
        "SELECT account FROM outbox WHERE frame IS NULL"
            + " AND account NOT IN (SELECT account FROM peer WHERE verified = ?)"
            + " GROUP BY account ORDER BY min(id) LIMIT ?",
        row -> AccountId.of(row.bytes(1)),
        Trust.HELD.column(),
        limit);
  }

  /** What waits for one of them, in its order. */
  List<Unsealed> unsealed(AccountId account, int limit) {
    return database.all(
        "SELECT id, account, content, message, devices, counter, repeats FROM outbox"
            + " WHERE frame IS NULL AND account = ? ORDER BY id LIMIT ?",
        Outbox::unsealed,
        account.bytes(),
        limit);
  }

  private static Unsealed unsealed(Row row) {
    return new Unsealed(
        row.number(1),
        AccountId.of(row.bytes(2)),
        content(row.bytes(3)),
        optional(row, 4),
        devices(row.textOrNull(5)),
        optional(row, 6),
        row.integer(7));
  }

  void sealed(long id, long counter, byte[] frame) {
    database.run(
        "UPDATE outbox SET content = X'', counter = ?, frame = ? WHERE id = ?", counter, frame, id);
  }

  void remove(long id) {
    database.run("DELETE FROM outbox WHERE id = ?", id);
  }

  /** Gives up what is not encrypted for an account, and returns whose messages these were. */
  List<Long> giveUp(AccountId account) {
    List<Long> messages =
        database.all(
            "SELECT message FROM outbox"
                + " WHERE frame IS NULL AND account = ? AND message IS NOT NULL",
            row -> row.number(1),
            account.bytes());
    database.run("DELETE FROM outbox WHERE frame IS NULL AND account = ?", account.bytes());
    return messages;
  }

  // ---- Frames ----------------------------------------------------------------------------------

  /** A frame that needs no keys. */
  void addFrame(AccountId account, long counter, byte[] frame) {
    database.run(
        "INSERT INTO outbox (account, content, counter, frame) VALUES (?, X'', ?, ?)",
        account.bytes(),
        counter,
        frame);
  }

  /** The first of each counter, in their order. */
  Waiting waiting(int limit) {
    return new Waiting(
        database.all(
            "SELECT min(id), counter FROM outbox WHERE frame IS NOT NULL GROUP BY counter"
                + " ORDER BY counter LIMIT ?",
            row -> new Waiting.Frame(row.number(1), row.number(2)),
            limit));
  }

  ByteString frame(long id) {
    return database
        .first("SELECT frame FROM outbox WHERE id = ?", row -> row.bytes(1), id)
        .orElseThrow();
  }

  /** The first frame of this counter is done with. */
  void answered(long counter) {
    database.run(
        "DELETE FROM outbox WHERE id ="
            + " (SELECT min(id) FROM outbox WHERE counter = ? AND frame IS NOT NULL)",
        counter);
  }

  // ---- What was sent ---------------------------------------------------------------------------

  void sent(long counter, Unsealed what, long atMs) {
    database.run(
        "INSERT OR IGNORE INTO sent (counter, account, message, content, repeats, at_ms, answers)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        counter,
        what.account().bytes(),
        what.message().isPresent() ? what.message().getAsLong() : null,
        what.content().toByteString(),
        what.repeats(),
        atMs,
        what.content().getAnswers());
  }

  Optional<Sent> sent(long counter) {
    return database.first(
        "SELECT account, message, content, repeats FROM sent WHERE counter = ?",
        row ->
            new Sent(
                AccountId.of(row.bytes(1)),
                optional(row, 2),
                content(row.bytes(3)),
                row.integer(4)),
        counter);
  }

  void repeated(long counter) {
    database.run("UPDATE sent SET repeats = repeats + 1 WHERE counter = ?", counter);
  }

  /** An account has another key: nobody who has it gets what the account had already. */
  void forgetDelivered(AccountId account) {
    database.run(
        "UPDATE sent SET content = X'' WHERE account = ? AND (message IS NULL OR message IN"
            + " (SELECT id FROM message WHERE tick >= 2))",
        account.bytes());
    // What was asked for again, and not encrypted before its key was another.
    database.run(
        "DELETE FROM outbox WHERE account = ? AND frame IS NULL AND devices IS NOT NULL"
            + " AND message IN (SELECT id FROM message WHERE tick >= 2)",
        account.bytes());
  }

  /** A message was deleted for everyone: it does not go out any more. */
  void forgetMessage(long message) {
    database.run("DELETE FROM outbox WHERE message = ? AND frame IS NULL", message);
    database.run(
        "DELETE FROM outbox WHERE frame IS NULL AND answers > 0"
            + " AND answers IN (SELECT counter FROM sent WHERE message = ?)",
        message);
    database.run(
        "UPDATE sent SET content = X'' WHERE message = ?"
            + " OR (answers > 0 AND answers IN (SELECT counter FROM sent WHERE message = ?))",
        message,
        message);
  }

  /** Forgets what no mailbox has any more. */
  void sweep(long beforeMs) {
    database.run("DELETE FROM sent WHERE at_ms < ?", beforeMs);
  }

  // ---- Plumbing --------------------------------------------------------------------------------

  private static Content content(ByteString bytes) {
    try {
      return Content.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a content in the store cannot be read", e);
    }
  }

  private static OptionalLong optional(Row row, int column) {
    Long value = row.numberOrNull(column);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static String list(Set<Integer> devices) {
    return devices.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static Set<Integer> devices(@Nullable String list) {
    return list == null
        ? Set.of()
        : Arrays.stream(list.split(",", -1))
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new));
  }
}
