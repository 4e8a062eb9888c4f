package io.bluetick.client.store;

import static io.bluetick.client.store.Fixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  private static final byte[] ID = new byte[16];

  @TempDir private Path folder;

  private Database open(int version) {
    return Database.open(folder.resolve("bluetick.db"), KEY, Schema.MIGRATIONS.subList(0, version));
  }

  @Test
  void what_a_device_without_groups_kept_is_there_with_groups() {
    try (Database database = open(1)) {
      database.run("INSERT INTO chat (id, account) VALUES (1, ?)", ID);
      database.run(
          "INSERT INTO message (id, chat, author, content_id, at_ms, text, content, tick)"
              + " VALUES (7, 1, ?, ?, 1, 'hello', X'', 1)",
          ID,
          ID);
      database.run(
          "INSERT INTO sent (counter, account, message, content, at_ms) VALUES (3, ?, 7, X'', 1)",
          ID);
      database.run("INSERT INTO outbox (account, content, message) VALUES (?, X'', 7)", ID);
      database.run("INSERT INTO parked VALUES (1, ?, 0, 1, 2, 0, 1, X'01')", ID);
      database.run("INSERT INTO sender_key VALUES (?, 0, X'02', X'03')", ID);
    }
    try (Database database = open(Schema.MIGRATIONS.size())) {
      assertThat(database.version()).isEqualTo(Schema.MIGRATIONS.size());
      for (String added :
          List.of(
              "message WHERE text = 'hello'",
              "sent WHERE membership IS NULL AND message = 7",
              "outbox WHERE hands IS NULL AND message = 7",
              "parked WHERE group_id IS NULL AND counter = 2",
              "sender_key WHERE taken = 0 AND group_id IS NULL")) {
        assertThat(database.all("SELECT 1 FROM " + added, _ -> 1)).as(added).hasSize(1);
      }
      assertThat(database.all("SELECT 1 FROM groups", _ -> 1)).isEmpty();
    }
  }
}
