package io.bluetick.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DirectoryLinkTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** Takes connections and says nothing, as a host does that hangs. */
  @Test
  void a_silent_redis_fails_in_time() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        DirectoryLinkForTests away = new DirectoryLinkForTests(silent.getLocalPort())) {
      DirectoryBatch batch = new DirectoryWriter(away.link).batch();
      CompletionStage<Void> closed = batch.close(new DeviceAddress(new AccountId(1, 2), 0), 1);
      batch.send();
      try (Socket _ = silent.accept()) {
        assertThat(closed)
            .failsWithin(LIMIT)
            .withThrowableThat()
            .withCauseInstanceOf(DirectoryAwayException.class);
      }
    }
  }
}
