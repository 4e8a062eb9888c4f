package io.bluetick.app.command;

import io.bluetick.app.demo.Walk;
import io.bluetick.app.device.Profiles;
import io.bluetick.app.output.Spans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bluetick demo}: two people, side by side. */
@Command(
    name = "bluetick demo",
    description = {
      "Ann and Bob talk, side by side in your terminal, and you are told what happens:",
      "keys, ticks, safety number, offline and back, deletion, what the server knows.",
      "",
      "Both are real devices of the SDK, in one process, over real sockets to the",
      "server on this machine. Every text, tick and time is read from their stores",
      "and events. They have fresh numbers; their profiles lie in a temporary folder",
      "that is deleted at the end.",
      "",
      "What is not up is started first and stays up: ./bluetick down stops it.",
      "Enter goes on at once; q or Ctrl-C leaves.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./bluetick demo                  at reading pace, some 80 seconds",
      "  ./bluetick demo --fast           without pauses",
      "  ./bluetick demo --plain          as lines, as in a pipe"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every step was seen",
      "1:it did not work; one line says why",
      "2:the command line is wrong",
      "3:the server cannot be reached",
      "7:a step was not seen within the limit; one line says what was awaited",
      "130:somebody left"
    },
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--fast", description = "without pauses")
  private boolean isFast;

  @Option(names = "--plain", description = "as lines, although this is a terminal")
  private boolean isPlain;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "of each step, such as 30s, 2m (default: ${DEFAULT-VALUE})")
  private String timeout = "30s";

  @Option(
      names = "--server",
      paramLabel = "URL",
      description = "where it is (default: the one that ./bluetick up starts)")
  private @Nullable URI server;

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description = "where its logs are, for the codes (default: .bluetick)")
  private @Nullable Path home;

  /** Picocli acts upon it. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean isHelpWanted;

  private final World world;
  private final Function<Path, Profiles> profiles;

  /**
   * Does not begin yet.
   *
   * @param profiles those in a folder
   */
  DemoCommand(World world, Function<Path, Profiles> profiles) {
    this.world = world;
    this.profiles = profiles;
  }

  @Override
  public Integer call() {
    Duration limit =
        Spans.parse(timeout)
            .orElseThrow(
                () -> new ParameterException(line(), "--timeout wants a time such as 30s or 2m"));
    try (Scratch scratch = Scratch.make()) {
      DevCodes codes = new DevCodes(home == null ? world.home() : home);
      Walk walk =
          new Walk(
              profiles.apply(scratch.folder()),
              server == null ? local() : server,
              codes::of,
              world.zone(),
              isFast ? Walk.Pace.FAST : Walk.Pace.READING,
              limit);
      return end(walk(walk));
    }
  }

  private URI local() {
    return URI.create("http://127.0.0.1:" + world.variable("BLUETICK_PORT_GATEWAY").orElse("8080"));
  }

  private Walk.Ending walk(Walk walk) {
    if (isPlain || !world.isLive()) {
      return walk.plain(line().getOut());
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      return Walk.fits(terminal)
          ? walk.live(terminal, world.isColoured())
          : walk.plain(terminal.writer());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int end(Walk.Ending ending) {
    return switch (ending) {
      case Walk.Ending.Whole() -> {
        line()
            .getOut()
            .println(
                """

                All of it was seen.
                  ./bluetick chat --help   be Ann yourself
                  ./bluetick down          stop the server on this machine\
                """);
        yield 0;
      }
      case Walk.Ending.Left() -> ExitCode.INTERRUPTED.number();
      case Walk.Ending.NotSeen(var what) -> throw new AppFailure(ExitCode.TOO_SLOW, what);
    };
  }

  private CommandLine line() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("no command line was read");
    }
    return known.commandLine();
  }
}
