package io.bluetick.client.group;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.List;
import java.util.Optional;

/**
 * How far messages to groups came, member by member. A message as a whole is where its slowest
 * member is: of those who were in the group when it was sent, and still are.
 */
public final class MemberTicks {
  /** Messages that are counted anew when somebody leaves. */
  private static final int RECOUNTED_LIMIT = 500;

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
  public Optional<Tick> came(long message, AccountId member, int registration, Tick tick) {
    database.run(
        "INSERT INTO group_receipt (message, member, tick, registration) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (message, member) DO UPDATE SET tick = max(tick, excluded.tick)",
        message,
        member.bytes(),
        tick.column(),
        registration);
    return overall(message);
  }

  /** Whether a member had a message before he became this registration. */
  public boolean hadBefore(long message, AccountId member, int registration) {
    return database
        .first(
            "SELECT 1 FROM group_receipt WHERE message = ? AND member = ? AND registration <> ?",
            _ -> true,
            message,
            member.bytes(),
            registration)
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

  /** An account has another key than before. */
  public void keyChanged(AccountId account, long nowMs) {
    database.run(
        "INSERT OR REPLACE INTO key_change (account, at_ms) VALUES (?, ?)", account.bytes(), nowMs);
  }

  /** Whether an account had another key at this time. */
  public boolean hasChangedSince(AccountId account, long atMs) {
    return database
        .first(
            "SELECT 1 FROM key_change WHERE account = ? AND at_ms >= ?",
            _ -> true,
            account.bytes(),
            atMs)
        .isPresent();
  }
}
