package io.bluetick.client.chat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.content.Content;
import io.bluetick.client.store.Queries;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was said. May be read beside the thread that writes. */
public final class History {
  /** Of one page, of one search. */
  public static final int PAGE_LIMIT = 500;

  private static final String SELECT =
      "SELECT message.id, chat.account, author, content_id, at_ms, text, tick, edited, deleted,"
          + " content, device, counter FROM message JOIN chat ON chat.id = message.chat";

  private final Queries database;

  public History(Queries database) {
    this.database = database;
  }

  public Optional<Message> find(long id) {
    return database.first(SELECT + " WHERE message.id = ?", History::message, id);
  }

  public Optional<Message> find(AccountId author, ByteString contentId) {
    return database.first(
        SELECT + " WHERE author = ? AND content_id = ?",
        History::message,
        author.bytes(),
        contentId);
  }

  /** The newest messages of a chat, oldest first. */
  public List<Message> newest(AccountId chat, int limit) {
    return database
        .all(
            SELECT + " WHERE chat.account = ? ORDER BY at_ms DESC, message.id DESC LIMIT ?",
            History::message,
            chat.bytes(),
            Math.min(limit, PAGE_LIMIT))
        .reversed();
  }

  /** The messages before one of them, oldest first. */
  public List<Message> before(Message message, int limit) {
    return database
        .all(
            SELECT
                + " WHERE chat.account = ? AND (at_ms, message.id) < (?, ?)"
                + " ORDER BY at_ms DESC, message.id DESC LIMIT ?",
            History::message,
            message.chat().bytes(),
            message.at().toEpochMilli(),
            message.id(),
            Math.min(limit, PAGE_LIMIT))
        .reversed();
  }

  /** The newest messages that have all these words, or begin so; of all chats, newest first. */
  public List<Message> search(String words, int limit) {
    String query = Search.query(words);
    return query.isEmpty()
        ? List.of()
        : database.all(
            SELECT
                + " WHERE message.id IN (SELECT rowid FROM message_text WHERE message_text MATCH ?"
                + " ORDER BY rowid DESC LIMIT ?) ORDER BY message.id DESC",
            History::message,
            query,
            Math.min(limit, PAGE_LIMIT));
  }

  /** The same within one chat. */
  public List<Message> search(AccountId chat, String words, int limit) {
    String query = Search.query(words);
    return query.isEmpty()
        ? List.of()
        : database.all(
            SELECT
                + " WHERE message.id IN (SELECT rowid FROM message_text WHERE message_text MATCH ?)"
                + " AND chat.account = ? ORDER BY message.id DESC LIMIT ?",
            History::message,
            query,
            chat.bytes(),
            Math.min(limit, PAGE_LIMIT));
  }

  /** With whom there are chats, and of which groups, the latest first. */
  public List<AccountId> chats() {
    return database.all(
        "SELECT account FROM chat"
            + " ORDER BY (SELECT max(at_ms) FROM message WHERE chat = chat.id) DESC",
        row -> AccountId.of(row.bytes(1)));
  }

  /** After how many seconds what is said in a chat disappears; 0: it stays. */
  public int timer(AccountId chat) {
    return database
        .first(
            "SELECT disappears_after_s FROM chat WHERE account = ?",
            row -> row.integer(1),
            chat.bytes())
        .orElse(0);
  }

  /** Who reacted to a message, and how. */
  public List<Reaction> reactions(Message message) {
    return database.all(
        "SELECT author, emoji FROM reaction WHERE message = ? ORDER BY author",
        row -> new Reaction(AccountId.of(row.bytes(1)), row.text(2)),
        message.id());
  }

  /** An emoji of somebody. */
  public record Reaction(AccountId author, String emoji) {}

  /** Who chose what in a poll: one for each option that somebody chose, in their order. */
  public List<Choice> votes(Message poll) {
    return database.all(
        "SELECT author, option FROM vote WHERE message = ? ORDER BY option, author",
        row -> new Choice(AccountId.of(row.bytes(1)), row.integer(2)),
        poll.id());
  }

  /** An option of a poll, by its place from 0, that somebody chose. */
  public record Choice(AccountId author, int option) {}

  private static Message message(Row row) {
    try {
      return new Message(
          row.number(1),
          AccountId.of(row.bytes(2)),
          AccountId.of(row.bytes(3)),
          row.bytes(4),
          Instant.ofEpochMilli(row.number(5)),
          row.text(6),
          Tick.of(row.integer(7)),
          row.number(8) != 0,
          row.integer(9) != 0,
          Content.parseFrom(row.bytes(10)),
          new Origin(row.integer(11), row.number(12)));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a content in the store cannot be read", e);
    }
  }
}
