package io.bluetick.client.media;

import com.google.protobuf.ByteString;
import io.bluetick.client.store.Database;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which message's file lies where. */
final class MediaTable {
  private final Database database;

  MediaTable(Database database) {
    this.database = database;
  }

  /** A message whose file has to go to the server. */
  record Waiting(long message, ByteString contentId) {
    /** What its encrypted file is called. */
    String draft() {
      return HexFormat.of().formatHex(contentId.toByteArray());
    }
  }

  void add(long message, @Nullable String path, boolean isWaiting) {
    database.run(
        "INSERT OR REPLACE INTO media (message, path, is_waiting) VALUES (?, ?, ?)",
        message,
        path,
        isWaiting ? 1 : 0);
  }

  void done(long message) {
    database.run("UPDATE media SET is_waiting = 0 WHERE message = ?", message);
  }

  /** In the order in which they were said. */
  List<Waiting> waiting(int limit) {
    return database.all(
        "SELECT media.message, content_id FROM media JOIN message ON message.id = media.message"
            + " WHERE is_waiting = 1 ORDER BY media.message LIMIT ?",
        row -> new Waiting(row.number(1), row.bytes(2)),
        limit);
  }

  /** A file whose message is gone, or was deleted. */
  record Left(long id, Optional<String> path) {}

  List<Left> left(int limit) {
    return database.all(
        "SELECT id, path FROM media WHERE message IS NULL"
            + " OR (is_waiting = 0 AND message IN (SELECT id FROM message WHERE deleted = 1))"
            + " LIMIT ?",
        row -> new Left(row.number(1), Optional.ofNullable(row.textOrNull(2))),
        limit);
  }

  void removed(Left left) {
    database.run("DELETE FROM media WHERE id = ?", left.id());
  }

  Optional<String> path(long message) {
    return database.first(
        "SELECT path FROM media WHERE message = ? AND path IS NOT NULL",
        row -> row.text(1),
        message);
  }
}
