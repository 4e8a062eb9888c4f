package io.bluetick.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class WatchdogTest {

  @Test
  void the_watched_end_with_the_pipe_even_if_they_ignore_the_first_signal() throws Exception {
    Process deaf = new ProcessBuilder("sh", "-c", "trap '' INT; sleep 600").start();
    Process polite = new ProcessBuilder("sleep", "600").start();
    Process forgotten = new ProcessBuilder("sleep", "600").start();
    Watchdog watchdog = Watchdog.start();
    try {
      watchdog.watch(deaf.pid());
      watchdog.watch(polite.pid());
      watchdog.watch(forgotten.pid());
      watchdog.forget(forgotten.pid());

      watchdog.close();

      await().until(() -> !deaf.isAlive() && !polite.isAlive());
      await().until(() -> ProcessHandle.of(watchdog.pid()).isEmpty());
      assertThat(forgotten.isAlive()).isTrue();
    } finally {
      deaf.descendants().forEach(ProcessHandle::destroyForcibly);
      forgotten.destroyForcibly();
    }
  }
}
