package io.bluetick.client.delivery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.store.Database;
import io.bluetick.client.store.DatabaseKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopTest {
  @TempDir private Path folder;

  private Database database;
  private Loop loop;

  @BeforeEach
  void open() {
    database =
        Database.open(folder.resolve("store"), DatabaseKey.generate(new SecureRandom()), List.of());
    loop = new Loop(database, _ -> {}, _ -> {}, _ -> {});
  }

  @AfterEach
  void close() {
    loop.close();
    database.close();
  }

  @Test
  void who_asks_without_waiting_is_told_when_too_much_waits() throws Exception {
    List<CompletableFuture<Integer>> asked = new ArrayList<>();
    for (int i = 0; i < Loop.ASK_LIMIT; i++) {
      int number = i;
      asked.add(loop.ask(_ -> number));
    }
    CompletableFuture<Integer> oneTooMany = loop.ask(_ -> -1);
    assertThat(oneTooMany)
        .failsWithin(0, SECONDS)
        .withThrowableThat()
        .withCauseInstanceOf(TooBusyException.class);

    loop.start();
    for (int i = 0; i < Loop.ASK_LIMIT; i++) {
      assertThat(asked.get(i).get(10, SECONDS)).isEqualTo(i);
    }
    assertThat(loop.ask(_ -> 7).get(10, SECONDS)).isEqualTo(7);
  }

  @Test
  void what_failed_makes_room_again() throws Exception {
    loop.start();
    for (int i = 0; i < 2 * Loop.ASK_LIMIT; i++) {
      CompletableFuture<Integer> failing =
          loop.ask(_ -> {
            throw new IllegalStateException("on purpose");
          });
      assertThat(failing).failsWithin(10, SECONDS);
    }
    assertThat(loop.ask(_ -> 7).get(10, SECONDS)).isEqualTo(7);
  }
}
