package io.bluetick.devstack.launcher;

import io.bluetick.devstack.process.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the launcher says: with colour on a terminal, plain in a pipe or a file. */
final class Console implements Progress {

  private enum Style {
    GOOD("32"),
    BAD("31"),
    FAINT("2"),
    STRONG("1");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final boolean colour;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private @Nullable LiveLine live;

  private Console(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  static Console standard(Map<String, String> environment) {
    boolean isTerminal =
        Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
    boolean forced = "1".equals(environment.get("BLUETICK_COLOUR"));
    boolean refused = environment.containsKey("NO_COLOR") || "dumb".equals(environment.get("TERM"));
    Console console = new Console(System.out, forced || (isTerminal && !refused));
    if (isTerminal && !refused) {
      console.live = new LiveLine(System.out, console);
    }
    return console;
  }

  boolean isColoured() {
    return colour;
  }

  synchronized void line(String text) {
    if (live != null) {
      live.erase();
    }
    out.println(text);
    out.flush();
    listeners.forEach(listener -> listener.accept(text));
  }

  /** Whatever is said while the work is done is told to the listener as well. */
  void tellAlso(Consumer<String> listener, Runnable work) {
    listeners.add(listener);
    try {
      work.run();
    } finally {
      listeners.remove(listener);
    }
  }

  void error(String text) {
    line(bad("✗ ") + text);
  }

  String good(String text) {
    return paint(Style.GOOD, text);
  }

  String bad(String text) {
    return paint(Style.BAD, text);
  }

  String faint(String text) {
    return paint(Style.FAINT, text);
  }

  String strong(String text) {
    return paint(Style.STRONG, text);
  }

  static String seconds(Duration duration) {
    return "%.1f s".formatted(duration.toMillis() / 1_000.0);
  }

  @Override
  public void starting(String part) {
    // Where lines stay, "ready" is enough: all parts start within the same second.
    if (live != null) {
      live.await(part);
    }
  }

  @Override
  public void ready(String part, Duration took) {
    noLongerAwaited(part);
    line("  %s %-18s ready in %7s".formatted(good("✓"), part, seconds(took)));
  }

  @Override
  public void failed(String part, String why) {
    noLongerAwaited(part);
    line("  %s %s".formatted(bad("✗"), why));
  }

  @Override
  public void stopped(String part, Duration took) {
    noLongerAwaited(part);
    line("  %s %-18s stopped in %5s".formatted(faint("■"), part, seconds(took)));
  }

  @Override
  public void died(String part, String why) {
    line(
        "  %s %s ended (%s); start it again with: ./bluetick restart %s"
            .formatted(bad("✗"), part, why, part));
  }

  private void noLongerAwaited(String part) {
    if (live != null) {
      live.done(part);
    }
  }

  private String paint(Style style, String text) {
    return colour ? String.format(Locale.ROOT, "\u001b[%sm%s\u001b[0m", style.code, text) : text;
  }
}
