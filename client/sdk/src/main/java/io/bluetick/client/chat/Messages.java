package io.bluetick.client.chat;

import com.google.protobuf.ByteString;
import io.bluetick.client.content.Content;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.List;
import java.util.Optional;

/** Writes down what is said. */
final class Messages {
  private final Database database;
  private final History history;

  Messages(Database database) {
    this.database = database;
    this.history = new History(database);
  }

  History history() {
    return history;
  }

  // ---- Writing ---------------------------------------------------------------------------------

  /** Empty if it was there already. */
  Optional<Message> add(
      AccountId chat, AccountId author, Content content, Origin origin, long atMs, Tick tick) {
    int added =
        database.run(
            "INSERT OR IGNORE INTO message"
                + " (chat, author, content_id, at_ms, text, content, tick, device, counter)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            chatOf(chat),
            author.bytes(),
            content.getId(),
            atMs,
            Texts.of(content),
            content.toByteString(),
            tick.column(),
            origin.device(),
            origin.counter());
    if (added == 0) {
      return Optional.empty();
    }
    Optional<Message> message = history.find(author, content.getId());
    message.ifPresent(this::index);
    return message;
  }

  /** Whether an author says this for the first time; from now on it is not. */
  boolean isFirst(AccountId author, ByteString contentId, long atMs) {
    return database.run(
            "INSERT OR IGNORE INTO applied (author, content_id, at_ms) VALUES (?, ?, ?)",
            author.bytes(),
            contentId,
            atMs)
        > 0;
  }

  /** When the edit was written that a message shows; 0 if none. */
  long edited(long id) {
    return database
        .first("SELECT edited FROM message WHERE id = ?", row -> row.number(1), id)
        .orElse(0L);
  }

  void replaceText(Message message, Content content, long writtenMs) {
    unindex(message.id());
    database.run(
        "UPDATE message SET text = ?, content = ?, edited = ? WHERE id = ?",
        content.getText().getText(),
        content.toByteString(),
        Math.max(writtenMs, 1),
        message.id());
    history.find(message.id()).ifPresent(this::index);
  }

  /** What it is found and shown by stays. */
  void replace(long id, Content content) {
    database.run("UPDATE message SET content = ? WHERE id = ?", content.toByteString(), id);
  }

  void delete(long id) {
    unindex(id);
    database.run(
        "UPDATE message SET text = '', content = X'', deleted = 1, expires_ms = NULL WHERE id = ?",
        id);
    database.run("DELETE FROM reaction WHERE message = ?", id);
    database.run("DELETE FROM vote WHERE message = ?", id);
  }

  private void index(Message message) {
    database.run(
        "INSERT INTO message_text (rowid, text) VALUES (?, ?)", message.id(), message.text());
  }

  /** While the text is still there: the index is told what it forgets. */
  private void unindex(long id) {
    database.run(
        "INSERT INTO message_text (message_text, rowid, text)"
            + " SELECT 'delete', id, text FROM message WHERE id = ? AND deleted = 0",
        id);
  }

  void react(long id, AccountId author, String emoji) {
    if (emoji.isEmpty()) {
      database.run("DELETE FROM reaction WHERE message = ? AND author = ?", id, author.bytes());
    } else {
      database.run(
          "INSERT OR REPLACE INTO reaction (message, author, emoji) VALUES (?, ?, ?)",
          id,
          author.bytes(),
          emoji);
    }
  }

  /** Instead of what this author chose before. */
  void vote(long id, AccountId author, List<Integer> options) {
    database.run("DELETE FROM vote WHERE message = ? AND author = ?", id, author.bytes());
    for (int option : options) {
      database.run(
          "INSERT INTO vote (message, author, option) VALUES (?, ?, ?)",
          id,
          author.bytes(),
          option);
    }
  }

  /** False if it was as far already. A failed message may still be accepted, nothing else. */
  boolean tick(long id, Tick tick) {
    return database.run(
            "UPDATE message SET tick = ? WHERE id = ? AND tick < ?",
            tick.column(),
            id,
            tick.column())
        > 0;
  }

  boolean fail(long id) {
    return database.run(
            "UPDATE message SET tick = ? WHERE id = ? AND tick IN (0, 1)", Tick.FAILED.column(), id)
        > 0;
  }

  /** The server's word on when it was sent. */
  void at(long id, long atMs) {
    database.run("UPDATE message SET at_ms = ? WHERE id = ?", atMs, id);
  }

  /** What others wrote and was not read. */
  List<Unread> unread(AccountId chat, int limit) {
    return database.all(
        "SELECT id, author, device, counter FROM message"
            + " WHERE chat = ? AND tick = 2 AND counter > 0 ORDER BY id LIMIT ?",
        row ->
            new Unread(
                row.number(1),
                new DeviceAddress(AccountId.of(row.bytes(2)), row.integer(3)),
                row.number(4)),
        chatOf(chat),
        limit);
  }

  /** A message that was not read yet, and where it came from. */
  record Unread(long id, DeviceAddress device, long counter) {}

  // ---- What disappears -------------------------------------------------------------------------

  void timer(AccountId chat, int disappearsAfterS) {
    database.run(
        "UPDATE chat SET disappears_after_s = ? WHERE id = ?", disappearsAfterS, chatOf(chat));
  }

  void expire(long id, long atMs) {
    database.run("UPDATE message SET expires_ms = ? WHERE id = ? AND expires_ms IS NULL", atMs, id);
  }

  /** Removes what has disappeared by now. */
  void sweep(long nowMs) {
    database.run(
        "DELETE FROM applied WHERE at_ms < ?", nowMs - Conversations.REMEMBERED.toMillis());
    database
        .all("SELECT id FROM message WHERE expires_ms <= ?", row -> row.number(1), nowMs)
        .forEach(id -> {
          unindex(id);
          database.run("DELETE FROM message WHERE id = ?", id);
        });
  }

  /** After rows came in from elsewhere. */
  static void reindex(Database database) {
    database.run("INSERT INTO message_text (message_text) VALUES ('rebuild')");
  }

  // ---- Plumbing --------------------------------------------------------------------------------

  /** Of an account or a group. */
  private long chatOf(AccountId account) {
    database.run("INSERT OR IGNORE INTO chat (account) VALUES (?)", account.bytes());
    return database
        .first("SELECT id FROM chat WHERE account = ?", row -> row.number(1), account.bytes())
        .orElseThrow();
  }
}
