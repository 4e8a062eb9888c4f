package io.bluetick.app.demo;

import io.bluetick.app.demo.Stage.Wish;
import io.bluetick.app.device.Profiles;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jline.terminal.Terminal;

/** Goes through the {@link Step}s, each of which must be seen before the next. */
public final class Walk {
  /** How long it stays on a step. */
  public enum Pace {
    /** About two seconds, longer where there is more to read. */
    READING(800, 2_000, 10),
    FAST(0, 0, 0);

    private final long leadMs;
    private final long stayMs;
    private final long characterMs;

    Pace(long leadMs, long stayMs, long characterMs) {
      this.leadMs = leadMs;
      this.stayMs = stayMs;
      this.characterMs = characterMs;
    }
  }

  /** How it ended. */
  public sealed interface Ending {

    /** Everything was seen. */
    record Whole() implements Ending {}

    /** Somebody wanted to leave. */
    record Left() implements Ending {}

    /** Something was not seen in time; one sentence says what. */
    record NotSeen(String what) implements Ending {}
  }

  /** How often it is looked whether something is so. */
  private static final long LOOK_MS = 20;

  private final Cast.World world;
  private final Pace pace;
  private final Duration limit;

  /**
   * Does not begin yet.
   *
   * @param profiles where Ann's and Bob's are made
   * @param codes finds the code of a verification
   * @param limit of each step
   */
  public Walk(
      Profiles profiles,
      URI server,
      UnaryOperator<String> codes,
      ZoneId zone,
      Pace pace,
      Duration limit) {
    this.world = new Cast.World(profiles, server, codes, zone);
    this.pace = pace;
    this.limit = limit;
  }

  /** Whether a terminal of this size shows two chats. */
  public static boolean fits(Terminal terminal) {
    return Panes.fit(terminal.getColumns() - 1, terminal.getRows());
  }

  /** On a terminal that can move its cursor. */
  public Ending live(Terminal terminal, boolean isColoured) {
    try (Stage stage = new LiveStage(terminal, isColoured)) {
      return run(stage);
    }
  }

  /** Line by line. */
  public Ending plain(PrintWriter out) {
    try (Stage stage = new PlainStage(out)) {
      return run(stage);
    }
  }

  private Ending run(Stage stage) {
    try (Cast cast = new Cast(world, stage.isColoured())) {
      int number = 0;
      for (Step step : Script.STEPS) {
        number++;
        Optional<Ending> ending = new Turn(number, step, cast, stage).run();
        if (ending.isPresent()) {
          return ending.get();
        }
      }
      return new Ending.Whole();
    }
  }

  /** One step. */
  private final class Turn {
    private final int number;
    private final Step step;
    private final Cast cast;
    private final Stage stage;
    private String seen = "";

    Turn(int number, Step step, Cast cast, Stage stage) {
      this.number = number;
      this.step = step;
      this.cast = cast;
      this.stage = stage;
    }

    /** Empty if it goes on. */
    Optional<Ending> run() {
      if (!stay(pace.leadMs)) {
        return Optional.of(new Ending.Left());
      }
      long start = System.nanoTime();
      step.act().accept(cast);
      Optional<String> what = step.seen().apply(cast);
      while (what.isEmpty()) {
        if (System.nanoTime() - start > limit.toNanos()) {
          return Optional.of(new Ending.NotSeen(notSeen()));
        }
        stage.show(scene());
        if (stage.key(LOOK_MS) == Wish.LEAVE) {
          return Optional.of(new Ending.Left());
        }
        what = step.seen().apply(cast);
      }
      long end = cast.heardNanos() > start ? cast.heardNanos() : System.nanoTime();
      seen = "%s (%d ms)".formatted(what.get(), Duration.ofNanos(end - start).toMillis());
      return stay(pace.stayMs + pace.characterMs * (step.told().length() + seen.length()))
          ? Optional.empty()
          : Optional.of(new Ending.Left());
    }

    /** False if somebody wants to leave. */
    private boolean stay(long ms) {
      long end = System.nanoTime() + Duration.ofMillis(ms).toNanos();
      stage.show(scene());
      while (System.nanoTime() < end) {
        Wish key = stage.key(LOOK_MS);
        if (key != Wish.NONE) {
          return key == Wish.ON;
        }
        stage.show(scene());
      }
      return true;
    }

    private Scene scene() {
      return new Scene(
          number,
          Script.STEPS.size(),
          step.title(),
          step.told(),
          seen,
          cast.ann().pane(),
          cast.bob().pane());
    }

    private String notSeen() {
      return "step %d, \"%s\": waited %d s for %s, and it was not seen%s"
          .formatted(
              number,
              step.title(),
              limit.toSeconds(),
              step.awaited(),
              cast.trouble().map(what -> " (" + what + ")").orElse(""));
    }
  }
}
