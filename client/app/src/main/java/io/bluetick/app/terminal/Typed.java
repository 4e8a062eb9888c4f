package io.bluetick.app.terminal;

import io.bluetick.app.output.Spans;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody typed into a chat: something to say, or a command behind a slash. */
sealed interface Typed {

  record Say(String text) implements Typed {}

  record File(Path path, String caption) implements Typed {}

  /** Of the last message with a file if there is no number. */
  record Save(Optional<Integer> number) implements Typed {}

  record Older(int count) implements Typed {}

  record Search(String words) implements Typed {}

  record Reply(int number, String text) implements Typed {}

  /** Of one's own last message. */
  record Edit(String text) implements Typed {}

  /** Of one's own last message if there is no number. */
  record Delete(Optional<Integer> number) implements Typed {}

  /** To the other one's last message if there is no number; without an emoji it is taken back. */
  record React(Optional<Integer> number, String emoji) implements Typed {}

  /** Shows the safety number; with an answer, keeps whether it was the same. */
  record Verify(Optional<Boolean> isSame) implements Typed {}

  /** Goes on although the other one's key changed after it had been verified. */
  record Trust() implements Typed {}

  /** Shows the timer; with a time, sets it. */
  record Timer(Optional<Duration> after) implements Typed {}

  record Location(double latitude, double longitude, String label) implements Typed {}

  record Help() implements Typed {}

  record Quit() implements Typed {}

  record Nothing() implements Typed {}

  /** Not understood. */
  record Wrong(String why) implements Typed {}

  String HELP =
      """
      /file PATH [CAPTION]   sends a file; "in quotes" if there are spaces in its path
      /save [N]              the last file, or that message's: fetches it, tells where it is
      /older [N]             N earlier messages (20)
      /search WORDS          in this chat
      /reply N TEXT          to the message with that number
      /edit TEXT             your last message, within 15 minutes
      /delete [N]            your last message, or that one, for everyone
      /react [N] [EMOJI]     to the last message, or that one; without an emoji, takes it back
      /verify [yes|no]       the safety number; whether it is the same on the other side
      /trust                 send what waits since the other's key changed, without comparing
      /timer [1h|7d|off]     after how long messages disappear
      /location LAT LON [LABEL]
      /quit                  or Ctrl-D
      A text that begins with a slash is typed with two: //like this\
      """;

  int OLDER = 20;

  /** Of what one command may ask for. */
  int OLDER_LIMIT = 200;

  /** As long as the server keeps anything. */
  Duration TIMER_LIMIT = Duration.ofDays(365);

  static Typed parse(String line) {
    String typed = line.strip();
    if (typed.isEmpty()) {
      return new Nothing();
    }
    if (!typed.startsWith("/") || typed.startsWith("//")) {
      return new Say(typed.startsWith("//") ? typed.substring(1) : typed);
    }
    String[] parts = typed.substring(1).split("\\s+", 2);
    String rest = parts.length == 2 ? parts[1] : "";
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "file" -> file(rest);
      case "save" -> save(rest);
      case "older" -> older(rest);
      case "search" -> rest.isEmpty() ? new Wrong("/search WORDS") : new Search(rest);
      case "reply" -> numbered(rest, "/reply N TEXT", Reply::new);
      case "edit" -> rest.isEmpty() ? new Wrong("/edit TEXT") : new Edit(rest);
      case "delete" -> delete(rest);
      case "react" -> react(rest);
      case "verify" -> verify(rest);
      case "trust" -> new Trust();
      case "timer" -> timer(rest);
      case "location" -> location(rest);
      case "help", "?" -> new Help();
      case "quit", "q", "exit" -> new Quit();
      default -> new Wrong("there is no /" + parts[0] + "; /help tells what there is");
    };
  }

  private static Typed file(String rest) {
    Matcher typed = Pattern.compile("(?:\"([^\"]+)\"|(\\S+))(?:\\s+(.*))?").matcher(rest);
    if (!typed.matches()) {
      return new Wrong("/file PATH [CAPTION]");
    }
    String path = Optional.ofNullable(typed.group(1)).orElse(typed.group(2));
    String home = System.getProperty("user.home");
    try {
      return new File(
          Path.of(path.startsWith("~/") ? home + path.substring(1) : path),
          Optional.ofNullable(typed.group(3)).orElse(""));
    } catch (InvalidPathException e) {
      return new Wrong("that is no path");
    }
  }

  private static Typed save(String rest) {
    return rest.isEmpty()
        ? new Save(Optional.empty())
        : number(rest, "/save [N]", number -> new Save(Optional.of(number)));
  }

  private static Typed older(String rest) {
    return rest.isEmpty()
        ? new Older(OLDER)
        : number(rest, "/older [N]", count -> new Older(Math.min(count, OLDER_LIMIT)));
  }

  private static Typed delete(String rest) {
    return rest.isEmpty()
        ? new Delete(Optional.empty())
        : number(rest, "/delete [N]", number -> new Delete(Optional.of(number)));
  }

  private static Typed react(String rest) {
    String[] parts = rest.split("\\s+", 2);
    Optional<Integer> number = count(parts[0]);
    if (number.isEmpty()) {
      return new React(number, rest);
    }
    return new React(number, parts.length == 2 ? parts[1] : "");
  }

  private static Typed verify(String rest) {
    return switch (rest) {
      case "" -> new Verify(Optional.empty());
      case "yes" -> new Verify(Optional.of(true));
      case "no" -> new Verify(Optional.of(false));
      default -> new Wrong("/verify, /verify yes or /verify no");
    };
  }

  private static Typed timer(String rest) {
    if (rest.isEmpty()) {
      return new Timer(Optional.empty());
    }
    return Spans.parse(rest)
        .filter(after -> after.toMillis() % 1_000 == 0 && after.compareTo(TIMER_LIMIT) <= 0)
        .<Typed>map(after -> new Timer(Optional.of(after)))
        .orElse(new Wrong("/timer 30s, 5m, 1h, 7d or off; a year at most"));
  }

  private static Typed location(String rest) {
    Matcher place =
        Pattern.compile(
                "(-?[0-9]{1,3}(?:\\.[0-9]+)?)[\\s,]+(-?[0-9]{1,3}(?:\\.[0-9]+)?)(?:\\s+(.*))?")
            .matcher(rest);
    if (place.matches()) {
      double latitude = Double.parseDouble(place.group(1));
      double longitude = Double.parseDouble(place.group(2));
      if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
        return new Location(latitude, longitude, Optional.ofNullable(place.group(3)).orElse(""));
      }
    }
    return new Wrong("/location LAT LON [LABEL], such as /location 52.52 13.405 Berlin");
  }

  /** A command of a number and a text. */
  interface OfNumberAndText {
    Typed of(int number, String text);
  }

  private static Typed numbered(String rest, String usage, OfNumberAndText command) {
    String[] parts = rest.split("\\s+", 2);
    return parts.length == 2
        ? number(parts[0], usage, number -> command.of(number, parts[1]))
        : new Wrong(usage);
  }

  private static Typed number(String typed, String usage, Function<Integer, Typed> command) {
    return count(typed).map(command).orElse(new Wrong(usage));
  }

  private static Optional<Integer> count(String typed) {
    return typed.matches("[1-9][0-9]{0,6}")
        ? Optional.of(Integer.parseInt(typed))
        : Optional.empty();
  }
}
