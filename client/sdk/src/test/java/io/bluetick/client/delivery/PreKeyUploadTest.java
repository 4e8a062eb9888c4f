package io.bluetick.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.LossyKeys.Loss;
import io.bluetick.client.signal.PreKeys;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class PreKeyUploadTest {
  private final FakeServer server = new FakeServer();

  @TempDir private Path folder;

  private Person bob;

  @BeforeEach
  void join() {
    bob = Person.join(server, folder, "bob");
    server.withoutOneTimeKeys(bob.address());
  }

  @AfterEach
  void close() {
    bob.close();
    server.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"UPLOADS", "ANSWERS"})
  void an_upload_that_was_lost_is_repeated_with_the_same_keys(Loss loss) {
    bob.keys().lose(loss);
    bob.online();
    await().atMost(Person.LIMIT).until(() -> bob.keys().uploads.size() >= 2);
    bob.keys().lose(Loss.NONE);
    awaitAllConfirmed();
    assertThat(new HashSet<>(bob.keys().uploads)).hasSize(1);
    assertThat(bob.keys().stock())
        .isEqualTo(new KeyServer.Given<>(new KeyServer.Stock(PreKeys.STOCK, PreKeys.STOCK)));
  }

  @Test
  void an_upload_that_was_lost_is_repeated_after_a_restart() {
    bob.keys().lose(Loss.UPLOADS);
    bob.online();
    await().atMost(Person.LIMIT).until(() -> !bob.keys().uploads.isEmpty());
    PreKeys.Fresh lost = bob.keys().uploads.getFirst();
    bob.restart();
    bob.online();
    awaitAllConfirmed();
    assertThat(bob.keys().uploads).containsExactly(lost);
    try (Person ann = Person.join(server, folder, "ann").online()) {
      ann.awaitTick(ann.say(bob, "with one of them"), Tick.DELIVERED);
    }
  }

  private void awaitAllConfirmed() {
    await().atMost(Person.LIMIT).until(() -> !bob.hasUnconfirmedKeys());
  }
}
