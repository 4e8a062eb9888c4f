package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.chat.Change;
import io.bluetick.client.chat.Origin;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Padding;
import io.bluetick.client.delivery.HeldTable.Held;
import io.bluetick.client.signal.Opened;
import io.bluetick.client.socket.Heard;
import io.bluetick.client.socket.Heard.Author;
import io.bluetick.client.store.Row;
import io.bluetick.client.store.StoreException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.CiphertextKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The way in. A message of a device that its account's list does not name waits, in the store,
 * until the list was fetched; those behind it of the same account wait with it, so that their order
 * stays.
 */
final class Receiving {
  /** How often in a row a device's messages are asked for again. */
  static final int ASK_LIMIT = 5;

  /** Messages that wait for one account's list. */
  private static final int PARKED_LIMIT = 500;

  private static final int UNKNOWN_KIND = 99;

  private static final Duration LIST_PAUSE = Duration.ofMinutes(10);

  private final Tables tables;
  private final Loop loop;
  private final KeyDesk desk;
  private final Sending sending;
  private final GroupInbox groups;

  /** Whose list is asked for again after a while. */
  private final Set<AccountId> resting = new HashSet<>();

  Receiving(Tables tables, Loop loop, KeyDesk desk, Sending sending, GroupInbox groups) {
    this.tables = tables;
    this.loop = loop;
    this.desk = desk;
    this.sending = sending;
    this.groups = groups;
  }

  /** A message, as it lies in the store until it can be read. */
  private record Parked(
      long id,
      Author author,
      long counter,
      CiphertextKind kind,
      long atMs,
      ByteString ciphertext,
      Optional<AccountId> group) {}

  // ---- Messages --------------------------------------------------------------------------------

  void message(Heard.Message message, long atMs, Turn turn) {
    Author author = message.author();
    AccountId account = author.device().account();
    if (!isNew(author, message.counter(), atMs)) {
      return;
    }
    Parked parked =
        new Parked(
            0,
            author,
            message.counter(),
            message.kind(),
            atMs,
            message.ciphertext(),
            message.group());
    if (isAnyParked(account) || !tables.peers().isListed(author.device())) {
      park(parked, turn);
      desk.askWho(account, turn);
    } else if (!open(parked, turn)) {
      park(parked, turn);
      desk.askWho(account, turn);
    }
  }

  private boolean isNew(Author author, long counter, long atMs) {
    return tables
            .database()
            .run(
                "INSERT OR IGNORE INTO received (account, registration, counter, at_ms)"
                    + " VALUES (?, ?, ?, ?)",
                author.device().account().bytes(),
                author.registration(),
                counter,
                atMs)
        > 0;
  }

  /** False if its key is not the one that is listed: the list may be old. */
  private boolean open(Parked message, Turn turn) {
    DeviceAddress device = message.author().device();
    if (message.kind() == CiphertextKind.PLAINTEXT) {
      plaintext(message);
      return true;
    }
    if (message.kind() == CiphertextKind.SENDER_KEY && message.group().isPresent()) {
      groups.message(held(message, message.group().get()), turn);
      return true;
    }
    return switch (tables.ratchets().open(device, message.kind(), message.ciphertext())) {
      case Opened.Content(var bytes) -> {
        readable(device);
        opened(message, bytes, turn);
        yield true;
      }
      case Opened.Repeated() -> true;
      case Opened.Untrusted() -> false;
      case Opened.Unreadable(var _) -> {
        unreadable(message, turn);
        yield true;
      }
    };
  }

  private Held held(Parked message, AccountId group) {
    return new Held(
        0,
        group,
        message.author(),
        message.counter(),
        message.atMs(),
        message.ciphertext(),
        tables.groups().members().version(group),
        false);
  }

  /** Only a question for a repetition may come so: everything else must be encrypted. */
  private void plaintext(Parked message) {
    content(message.ciphertext().toByteArray())
        .filter(Content::hasRepeat)
        .ifPresent(content -> sending.repeat(message.author().device(), content.getRepeat()));
  }

  private void opened(Parked message, byte[] padded, Turn turn) {
    Optional<Content> content = content(padded);
    if (content.isEmpty()) {
      turn.tell(new ClientEvent.Trouble("a message was encrypted well and is none"));
      return;
    }
    DeviceAddress device = message.author().device();
    if (!content.get().getAuthor().equals(device.account().bytes())) {
      turn.tell(new ClientEvent.Trouble("a message names another author than its device's"));
      return;
    }
    if (content.get().hasSenderKey() || !content.get().getGroup().isEmpty()) {
      groups.pairwise(device, content.get(), turn);
      return;
    }
    Change change =
        device.account().equals(tables.account())
            ? elsewhere(content.get(), message.atMs())
            : tables
                .conversations()
                .hear(
                    device.account(),
                    new Origin(device.device(), message.counter()),
                    content.get(),
                    message.atMs());
    Changes.tell(change, turn);
  }

  /** What another device of this account said. */
  private Change elsewhere(Content content, long atMs) {
    return content.getSaidTo().size() == AccountId.BYTES
        ? tables
            .conversations()
            .saidElsewhere(tables.account(), AccountId.of(content.getSaidTo()), content, atMs)
        : new Change.None(Change.Why.NOT_POSSIBLE);
  }

  private static Optional<Content> content(byte[] padded) {
    try {
      Optional<byte[]> stripped = Padding.strip(padded);
      return stripped.isEmpty() ? Optional.empty() : Optional.of(Content.parseFrom(stripped.get()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  // ---- What cannot be read ---------------------------------------------------------------------

  private void readable(DeviceAddress device) {
    tables
        .database()
        .run(
            "UPDATE peer_device SET unreadable = 0"
                + " WHERE account = ? AND device = ? AND unreadable > 0",
            device.account().bytes(),
            device.device());
  }

  private void unreadable(Parked message, Turn turn) {
    DeviceAddress device = message.author().device();
    tables
        .database()
        .run(
            "UPDATE peer_device SET unreadable = unreadable + 1 WHERE account = ? AND device = ?",
            device.account().bytes(),
            device.device());
    int inARow =
        tables
            .database()
            .first(
                "SELECT unreadable FROM peer_device WHERE account = ? AND device = ?",
                row -> row.integer(1),
                device.account().bytes(),
                device.device())
            .orElse(ASK_LIMIT + 1);
    boolean isAsked = inARow <= ASK_LIMIT;
    if (isAsked) {
      sending.askAgain(device, message.counter(), inARow);
    }
    turn.tell(new ClientEvent.Unreadable(device.account(), isAsked));
  }

  // ---- What waits for a list -------------------------------------------------------------------

  private boolean isAnyParked(AccountId account) {
    return tables
        .database()
        .first("SELECT 1 FROM parked WHERE account = ? LIMIT 1", _ -> true, account.bytes())
        .isPresent();
  }

  private static int number(CiphertextKind kind) {
    return kind == CiphertextKind.UNRECOGNIZED ? UNKNOWN_KIND : kind.getNumber();
  }

  private void park(Parked message, Turn turn) {
    DeviceAddress device = message.author().device();
    if (count(device.account()) >= PARKED_LIMIT) {
      turn.tell(new ClientEvent.Unreadable(device.account(), false));
      return;
    }
    insert(message);
  }

  private long count(AccountId account) {
    return tables
        .database()
        .first(
            "SELECT count(*) FROM parked WHERE account = ?", row -> row.number(1), account.bytes())
        .orElse(0L);
  }

  private void insert(Parked message) {
    DeviceAddress device = message.author().device();
    tables
        .database()
        .run(
            "INSERT INTO parked"
                + " (account, device, registration, counter, kind, at_ms, ciphertext, group_id)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            device.account().bytes(),
            device.device(),
            message.author().registration(),
            message.counter(),
            number(message.kind()),
            message.atMs(),
            message.ciphertext(),
            message.group().map(AccountId::bytes).orElse(null));
  }

  /** After a start: whose lists are still to be fetched. */
  void resume(Turn turn) {
    groups.resume();
    tables
        .database()
        .all("SELECT DISTINCT account FROM parked", row -> AccountId.of(row.bytes(1)))
        .forEach(account -> desk.askWho(account, turn));
  }

  /** The list was fetched: what waited for it is read, or belongs to nobody. */
  void listKnown(AccountId account, Turn turn) {
    for (Parked message : parked(account)) {
      tables.database().run("DELETE FROM parked WHERE id = ?", message.id());
      boolean isRead =
          tables.peers().isListed(message.author().device()) && openSafely(message, turn);
      if (!isRead) {
        // The account's primary knows no such device, or not with this key; or it cannot be stored.
        turn.tell(new ClientEvent.Unreadable(account, false));
      }
    }
  }

  /** One that cannot be taken, by a defect or by the store, must not keep the others. */
  private boolean openSafely(Parked message, Turn turn) {
    Turn.Mark mark = turn.mark();
    try {
      return tables.database().savepoint(() -> open(message, turn));
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.UNSTORABLE) {
        throw e;
      }
      turn.back(mark);
      return false;
    } catch (RuntimeException e) {
      turn.back(mark);
      turn.tell(new ClientEvent.Trouble("a message cannot be taken in: " + e));
      return true;
    }
  }

  /** There is no such account any more: what waits is nobody's, and goes with the next sweep. */
  void listRefused(AccountId account) {
    if (isAnyParked(account) && resting.add(account)) {
      loop.later(
          LIST_PAUSE,
          turn -> {
            resting.remove(account);
            desk.askWho(account, turn);
          });
    }
  }

  private List<Parked> parked(AccountId account) {
    return tables
        .database()
        .all(
            "SELECT id, account, device, registration, counter, kind, at_ms, ciphertext, group_id"
                + " FROM parked WHERE account = ? ORDER BY id",
            Receiving::parked,
            account.bytes());
  }

  private static Parked parked(Row row) {
    DeviceAddress device = new DeviceAddress(AccountId.of(row.bytes(2)), row.integer(3));
    CiphertextKind kind = CiphertextKind.forNumber(row.integer(6));
    return new Parked(
        row.number(1),
        new Author(device, row.integer(4)),
        row.number(5),
        kind == null ? CiphertextKind.UNRECOGNIZED : kind,
        row.number(7),
        row.bytes(8),
        Optional.ofNullable(row.bytesOrNull(9)).map(AccountId::of));
  }

  /** Forgets which messages came, once no mailbox has them any more. */
  void sweep(long beforeMs) {
    tables.database().run("DELETE FROM parked WHERE at_ms < ?", beforeMs);
    tables.groups().held().sweep(beforeMs);
    tables.database().run("DELETE FROM received WHERE at_ms < ?", beforeMs);
  }
}
