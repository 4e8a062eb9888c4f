package io.bluetick.app.output;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people type them: {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d}, {@code off}. */
public final class Spans {
  private static final Pattern SPAN = Pattern.compile("([0-9]{1,8})(ms|s|m|h|d|w)");
  private static final long MINUTE_S = 60;
  private static final long HOUR_S = 60 * MINUTE_S;
  private static final long DAY_S = 24 * HOUR_S;

  private Spans() {}

  /** Empty if that is none. */
  public static Optional<Duration> parse(String typed) {
    if (typed.equals("off") || typed.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    Matcher span = SPAN.matcher(typed);
    if (!span.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(span.group(1));
    return Optional.of(
        switch (span.group(2)) {
          case "ms" -> Duration.ofMillis(count);
          case "s" -> Duration.ofSeconds(count);
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          case "d" -> Duration.ofDays(count);
          default -> Duration.ofDays(7 * count);
        });
  }

  /** In the largest unit that says it exactly. */
  public static String text(long seconds) {
    if (seconds <= 0) {
      return "off";
    }
    if (seconds % DAY_S == 0) {
      return seconds / DAY_S + "d";
    }
    if (seconds % HOUR_S == 0) {
      return seconds / HOUR_S + "h";
    }
    return seconds % MINUTE_S == 0 ? seconds / MINUTE_S + "m" : seconds + "s";
  }
}
