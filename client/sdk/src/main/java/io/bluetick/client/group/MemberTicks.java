package io.bluetick.client.group;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far messages to groups came, member by member. A message as a whole is where its slowest
 * member is: of those who were in the group when it was sent, and still are.
 */
public final class MemberTicks {
  /** Messages that are counted anew when somebody leaves. */
  private static final int RECOUNTED_LIMIT = 500;

  /**
   * Who has a new phone gets what was said in the time before this device learned of it: it came to
   * the new phone, which could not read it. A server that swaps keys gets no more than that.
   */
  static final Duration NEW_KEY_GRACE = Duration.ofHours(1);

  private final Database database;
  private final ByteString own;

  public MemberTicks(Database database, AccountId own) {
    this.database = database;
    this.own = own.bytes();
  }

  /**
   * What was sent to a group.
   *
   * @param version of its membership then
   */
  public record SentToGroup(AccountId group, long version, long atMs) {}

  /** Writes down for whom something was encrypted. */
  public void sent(long counter, long version) {
    database.run("UPDATE sent SET membership = ? WHERE counter = ?", version, counter);
  }

  /** Empty if it did not go to a group. */
  public Optional<SentToGroup> sent(long counter) {
    return database.first(
        "SELECT account, membership, at_ms FROM sent"
            + " WHERE counter = ? AND membership IS NOT NULL",
        row -> new SentToGroup(AccountId.of(row.bytes(1)), row.number(2), row.number(3)),
        counter);
  }

  /** A member came so far; answers how far the message is as a whole, if that is known. */
  public Optional<Tick> came(long message, AccountId member, Tick tick) {
    database.run(
        "INSERT INTO group_receipt (message, member, tick) VALUES (?, ?, ?)"
            + " ON CONFLICT (message, member) DO UPDATE SET tick = max(tick, excluded.tick)",
        message,
        member.bytes(),
        tick.column());
    return overall(message);
  }

  /** Whether some device of a member has a message, or could not read it. */
  public boolean isAt(long message, AccountId member) {
    return database
        .first(
            "SELECT 1 FROM group_receipt WHERE message = ? AND member = ?",
            _ -> true,
            message,
            member.bytes())
        .isPresent();
  }

  /** Messages whose slowest member may be another since somebody left. */
  public List<Long> underWay(AccountId group) {
    return database.all(
        "SELECT message FROM sent JOIN message ON message.id = sent.message"
            + " WHERE sent.account = ? AND membership IS NOT NULL AND tick BETWEEN ? AND ?"
            + " ORDER BY sent.counter DESC LIMIT ?",
        row -> row.number(1),
        group.bytes(),
        Tick.ACCEPTED.column(),
        Tick.READ.column(),
        RECOUNTED_LIMIT);
  }

  /** Where the slowest member is; empty if the message is not anywhere. */
  public Optional<Tick> overall(long message) {
    return database
        .first(
            "SELECT min(coalesce(receipt.tick, 0)) FROM sent"
                + " JOIN group_member AS member ON member.group_id = sent.account"
                + " AND member.left_ms IS NULL AND member.since_version <= sent.membership"
                + " LEFT JOIN group_receipt AS receipt"
                + " ON receipt.message = sent.message AND receipt.member = member.account"
                + " WHERE sent.message = ? AND sent.membership IS NOT NULL"
                + " AND member.account <> ?",
            row -> Optional.ofNullable(row.numberOrNull(1)),
            message,
            own)
        .flatMap(tick -> tick)
        .filter(tick -> tick >= Tick.DELIVERED.column())
        .map(tick -> Tick.of(Math.toIntExact(tick)));
  }

  // ---- Repetitions -----------------------------------------------------------------------------

  /** How often something was encrypted anew for a device, this time included. */
  public int repeated(long counter, DeviceAddress device) {
    database.run(
        "INSERT INTO group_repeat (counter, account, device, times) VALUES (?, ?, ?, 1)"
            + " ON CONFLICT (counter, account, device) DO UPDATE SET times = times + 1",
        counter,
        device.account().bytes(),
        device.device());
    return database
        .first(
            "SELECT times FROM group_repeat WHERE counter = ? AND account = ? AND device = ?",
            row -> row.integer(1),
            counter,
            device.account().bytes(),
            device.device())
        .orElseThrow();
  }

  /** An account has another key than before: what it had does not go to the new one. */
  public void keyChanged(AccountId account, long nowMs) {
    database.run(
        "INSERT OR REPLACE INTO key_change (account, at_ms) VALUES (?, ?)", account.bytes(), nowMs);
    database.run(
        "DELETE FROM outbox WHERE account = ? AND frame IS NULL AND answers > 0"
            + " AND answers IN (SELECT counter FROM sent WHERE at_ms < ?)",
        account.bytes(),
        nowMs - NEW_KEY_GRACE.toMillis());
  }

  /** Whether an account has another key since something was sent, and longer than the grace. */
  public boolean hasChangedSince(AccountId account, long atMs) {
    return database
        .first(
            "SELECT 1 FROM key_change WHERE account = ? AND at_ms > ?",
            _ -> true,
            account.bytes(),
            atMs + NEW_KEY_GRACE.toMillis())
        .isPresent();
  }
}
