package io.bluetick.client.chat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.content.Content;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import java.util.Optional;

/**
 * Edits and deletions that came before their messages. A message and what is done to it may come
 * from two devices of its author, and then nobody keeps their order.
 */
final class Tombstones {
  /** Of one author; the oldest goes when one more comes. */
  static final int LIMIT = 256;

  private final Database database;

  Tombstones(Database database) {
    this.database = database;
  }

  /** What came too early. */
  record Early(AccountId chat, Content content, long atMs) {}

  /** Keeps it until its message comes. */
  void keep(AccountId author, ByteString message, Early early) {
    int kept =
        database.run(
            "INSERT INTO tombstone (author, content_id, chat, content, deletion, written_ms, at_ms)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (author, content_id) DO UPDATE SET"
                + " chat = excluded.chat, content = excluded.content,"
                + " deletion = excluded.deletion, written_ms = excluded.written_ms,"
                + " at_ms = excluded.at_ms WHERE deletion = 0"
                + " AND (excluded.deletion = 1 OR excluded.written_ms >= written_ms)",
            author.bytes(),
            message,
            early.chat().bytes(),
            early.content().toByteString(),
            early.content().hasDelete() ? 1 : 0,
            early.content().getWrittenMs(),
            early.atMs());
    if (kept > 0) {
      forgetOldest(author);
    }
  }

  private void forgetOldest(AccountId author) {
    database.run(
        "DELETE FROM tombstone WHERE author = ? AND content_id IN (SELECT content_id"
            + " FROM tombstone WHERE author = ? ORDER BY at_ms DESC LIMIT -1 OFFSET ?)",
        author.bytes(),
        author.bytes(),
        LIMIT);
  }

  /** What waits for this message; not any more. */
  Optional<Early> take(AccountId author, ByteString message) {
    Optional<Early> early =
        database.first(
            "SELECT chat, content, at_ms FROM tombstone WHERE author = ? AND content_id = ?",
            Tombstones::early,
            author.bytes(),
            message);
    if (early.isPresent()) {
      database.run(
          "DELETE FROM tombstone WHERE author = ? AND content_id = ?", author.bytes(), message);
    }
    return early;
  }

  /** Forgets those whose messages no mailbox has any more. */
  void sweep(long beforeMs) {
    database.run("DELETE FROM tombstone WHERE at_ms < ?", beforeMs);
  }

  private static Early early(Row row) {
    try {
      return new Early(AccountId.of(row.bytes(1)), Content.parseFrom(row.bytes(2)), row.number(3));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a content in the store cannot be read", e);
    }
  }
}
