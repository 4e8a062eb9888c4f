package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.output.Described;
import io.bluetick.app.output.Names;
import io.bluetick.client.chat.Conversations;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Saying;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.media.NewFile;
import io.bluetick.protocol.AccountId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says one thing, and waits until it came so far. */
@Command(
    name = "send",
    description = {
      "Send a text or a file, and wait for its ticks.",
      "It waits until the server has it, or until it was delivered or read.",
      "When the time is over the text stays in the profile and is sent the next time.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./bluetick chat send anna 'see you at eight'",
      "  ./bluetick chat send anna --wait read --timeout 5m 'please confirm'",
      "  ./bluetick chat send anna --file holiday.jpg 'the sea!'",
      "  uptime | ./bluetick chat send anna -"
    })
final class SendCommand implements Callable<Integer> {
  private static final int STDIN_LIMIT = 4 * Conversations.TEXT_LIMIT_BYTES;

  /** How far it must come. */
  enum Wanted {
    ACCEPTED(Tick.ACCEPTED),
    DELIVERED(Tick.DELIVERED),
    READ(Tick.READ);

    private final Tick tick;

    Wanted(Tick tick) {
      this.tick = tick;
    }
  }

  @Parameters(index = "0", paramLabel = "NAME", description = "a contact, or an account")
  private String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "\"-\" reads it from a pipe; with a file, its caption")
  private String text = "";

  @Option(
      names = "--wait",
      paramLabel = "HOW FAR",
      defaultValue = "accepted",
      description = "accepted, delivered or read (default: ${DEFAULT-VALUE})")
  private Wanted wanted = Wanted.ACCEPTED;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "such as 500ms, 30s, 5m (default: ${DEFAULT-VALUE})")
  private String timeout = "10s";

  @Option(names = "--file", paramLabel = "PATH", description = "send a file")
  private @Nullable Path file;

  @Option(names = "--once", description = "the file may be looked at once only")
  private boolean isViewOnce;

  private final App app;

  SendCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    Duration limit = app.span("--timeout", timeout);
    String said = text.equals("-") ? piped() : text;
    if (said.isBlank() && file == null) {
      throw app.wrong("there is no text");
    }
    return app.registered(device -> send(device, said, limit));
  }

  private int send(Device device, String said, Duration limit) {
    Output output = app.output();
    AccountId to = App.account(device, name);
    Waiting waiting = new Waiting(output);
    try (Link link = device.connect(waiting::on)) {
      Saying saying = file == null ? Waiting.done(link.send(to, said)) : sent(link, to, said);
      Described.refusal(saying)
          .ifPresent(why -> {
            throw new AppFailure(ExitCode.FAILED, why);
          });
      Message message = saying.orElseThrow();
      Message sent = waiting.until(device, message, wanted.tick, limit);
      Described described = new Described(new Names(device), app.world().zone());
      output.result(Described.tick(sent.tick()), described.fields(sent));
      return 0;
    }
  }

  private Saying sent(Link link, AccountId to, String caption) {
    NewFile whole = NewFile.of(Objects.requireNonNull(file)).withCaption(caption);
    return Waiting.transferred(
        link.send(to, isViewOnce ? whole.viewedOnce() : whole), whole.file().toFile().length());
  }

  private String piped() {
    try {
      byte[] bytes = app.world().in().readNBytes(STDIN_LIMIT + 1);
      return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
