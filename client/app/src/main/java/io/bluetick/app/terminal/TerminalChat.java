package io.bluetick.app.terminal;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.protocol.AccountId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;

/** Sits somebody down in front of a chat, until they go. */
public final class TerminalChat {
  private static final long BEAT_MS = 1_000;

  private final InstantSource clock;
  private final ZoneId zone;

  public TerminalChat(InstantSource clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** On a terminal that can move its cursor. */
  public void live(Device device, AccountId with, Terminal terminal, boolean isColoured)
      throws IOException {
    try (Screen screen = new LiveScreen(terminal, isColoured)) {
      run(device, with, screen, () -> {});
    }
  }

  /**
   * Line by line.
   *
   * @param atEnd waits for what was said to be on its way, before the connection is closed
   */
  public void plain(
      Device device, AccountId with, BufferedReader in, PrintWriter out, Runnable atEnd) {
    try (Screen screen = new PlainScreen(in, out)) {
      run(device, with, screen, atEnd);
    }
  }

  private void run(Device device, AccountId with, Screen screen, Runnable atEnd) {
    ChatRoom room = new ChatRoom(device, with, screen, clock, zone);
    room.open();
    ScheduledExecutorService beat =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("bluetick-beat").factory());
    try (Link link = device.connect(room::on)) {
      room.connected(link);
      TypingTold typing = new TypingTold(link, with, clock);
      Runnable second =
          () -> {
            room.beat();
            typing.beat();
          };
      var _ = beat.scheduleWithFixedDelay(second, BEAT_MS, BEAT_MS, TimeUnit.MILLISECONDS);
      ChatKeys keys = new ChatKeys(device, with, room, link);
      screen.onTyping(typing::key);
      Optional<String> line = screen.read();
      typing.stop();
      while (line.isPresent() && keys.type(line.get())) {
        line = screen.read();
        typing.stop();
      }
      atEnd.run();
    } finally {
      beat.shutdownNow();
    }
  }
}
