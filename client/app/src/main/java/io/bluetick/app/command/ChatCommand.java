package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.output.Names;
import io.bluetick.app.terminal.TerminalChat;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.protocol.AccountId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sits somebody down in front of a chat. */
@Command(
    name = "chat",
    description = {
      "Chat with somebody.",
      "New messages appear as they come, one's own with ticks:",
      "  ✓ the server has it   ✓✓ it was delivered   ✓✓ in blue: it was read",
      "/help shows what else can be typed, /quit ends it.",
      "",
      "In a pipe, or on a terminal that cannot move its cursor, it works line by line.",
      ""
    })
final class ChatCommand implements Callable<Integer> {
  /** What was piped in is given so long to reach the server. */
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private static final long POLL_MS = 50;
  private static final int END_PAGE = 100;

  @Parameters(paramLabel = "NAME", description = "a contact, or an account")
  private String name = "";

  @Option(names = "--plain", description = "line by line, although this is a terminal")
  private boolean isPlain;

  private final App app;

  ChatCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    return app.registered(device -> {
      AccountId with = App.account(device, name);
      TerminalChat chat = new TerminalChat(app.world().clock(), app.world().zone());
      if (isPlain || !app.world().isLive()) {
        chat.plain(
            device,
            with,
            new BufferedReader(new InputStreamReader(app.world().in(), StandardCharsets.UTF_8)),
            app.output().out(),
            () -> awaitSent(device, with));
      } else {
        live(chat, device, with);
      }
      if (device.isHeld(with) && isAnyWaiting(device, with)) {
        throw Waiting.held(new Names(device).of(with));
      }
      return 0;
    });
  }

  private void live(TerminalChat chat, Device device, AccountId with) {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      chat.live(device, with, terminal, app.world().isColoured());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A pipe ends faster than a connection is made. */
  private static void awaitSent(Device device, AccountId with) {
    long deadline = System.nanoTime() + END_LIMIT.toNanos();
    try {
      while (System.nanoTime() < deadline && !device.isHeld(with) && isAnyWaiting(device, with)) {
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isAnyWaiting(Device device, AccountId with) {
    return device.newest(with, END_PAGE).stream().anyMatch(ChatCommand::isWaiting);
  }

  private static boolean isWaiting(Message message) {
    return message.isOwn() && message.tick() == Tick.WAITING;
  }
}
