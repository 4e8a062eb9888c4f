package io.bluetick.bench.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What was measured, for people and for scripts. The names in it are kept stable. */
public record Report(List<Figure> figures, List<Section> sections, Map<String, Long> failures) {

  /**
   * A number.
   *
   * @param name its key in JSON; what follows a dot is a key in an object of the name before it
   * @param value empty when it was not measured
   */
  public record Figure(String name, String meaning, OptionalDouble value, Optional<Goal> goal) {}

  /** What a figure should be. To miss it is no failure. */
  public record Goal(Side side, double value) {

    public static Goal atLeast(double value) {
      return new Goal(Side.AT_LEAST, value);
    }

    public static Goal atMost(double value) {
      return new Goal(Side.AT_MOST, value);
    }

    boolean isMet(double measured) {
      return switch (side) {
        case AT_LEAST -> measured >= value;
        case AT_MOST -> measured <= value;
      };
    }
  }

  /** On which side of a goal to be is good. */
  public enum Side {
    AT_LEAST("at least"),
    AT_MOST("at most");

    private final String words;

    Side(String words) {
      this.words = words;
    }
  }

  /** Something that only people read, below the figures. */
  public record Section(String title, List<String> lines) {}

  private static final int LEAST_NAME_COLUMNS = 31;

  public static Builder builder() {
    return new Builder();
  }

  public boolean isFine() {
    return failures.isEmpty();
  }

  /** One object on one line: the figures as numbers or null, goals, and failures by reason. */
  public String json() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    Map<String, @Nullable Object> goals = new LinkedHashMap<>();
    for (Figure figure : figures) {
      OptionalDouble value = figure.value();
      put(object, figure.name(), value.isPresent() ? number(value.getAsDouble()) : null);
      figure.goal().ifPresent(goal -> put(goals, figure.name(), number(goal.value())));
    }
    if (!goals.isEmpty()) {
      object.put("goals", goals);
    }
    object.put("failures", failures.values().stream().mapToLong(Long::longValue).sum());
    object.put("failure_reasons", failures);
    return JsonMapper.shared().writeValueAsString(object);
  }

  public String table() {
    List<String> lines = new ArrayList<>();
    int columns =
        figures.stream()
            .mapToInt(figure -> figure.name().length())
            .reduce(LEAST_NAME_COLUMNS, Math::max);
    for (Figure figure : figures) {
      OptionalDouble value = figure.value();
      String shown = value.isPresent() ? number(value.getAsDouble()).toString() : "-";
      lines.add(
          ("%-" + columns + "s %12s  %s")
              .formatted(figure.name(), shown, figure.meaning() + goal(figure)));
    }
    for (Section section : sections) {
      lines.add("");
      lines.add(section.title() + ":");
      section.lines().forEach(line -> lines.add("  " + line));
    }
    if (!isFine()) {
      lines.add("");
      lines.add("What went wrong:");
      failures.forEach((reason, count) -> lines.add("  %9d  %s".formatted(count, reason)));
    }
    return String.join("\n", lines);
  }

  @SuppressWarnings("unchecked") // Only maps that it made itself lie under the name before a dot.
  private static void put(
      Map<String, @Nullable Object> object, String name, @Nullable Number value) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      object.put(name, value);
      return;
    }
    Object group = object.computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<>());
    ((Map<String, @Nullable Object>) requireNonNull(group)).put(name.substring(dot + 1), value);
  }

  private static String goal(Figure figure) {
    if (figure.goal().isEmpty()) {
      return "";
    }
    Goal goal = figure.goal().get();
    String outcome =
        figure.value().isEmpty() ? "" : goal.isMet(figure.value().getAsDouble()) ? " ✓" : " ✗";
    return "; the goal is %s %s%s".formatted(goal.side().words, number(goal.value()), outcome);
  }

  /** With one decimal, but only where there is one. */
  private static Number number(double exact) {
    double rounded = Math.round(exact * 10) / 10.0;
    long whole = Math.round(rounded);
    if (rounded == whole) {
      return whole;
    }
    return rounded;
  }

  /** Collects figures in their order. */
  public static final class Builder {
    private final List<Figure> figures = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    private Builder() {}

    public Builder add(String name, String meaning, double value) {
      return add(name, meaning, OptionalDouble.of(value));
    }

    public Builder add(String name, String meaning, OptionalDouble value) {
      figures.add(new Figure(name, meaning, value, Optional.empty()));
      return this;
    }

    public Builder add(String name, String meaning, OptionalDouble value, Goal goal) {
      figures.add(new Figure(name, meaning, value, Optional.of(goal)));
      return this;
    }

    /** A total divided by how many it was for; not measured when there were none. */
    public Builder each(String name, String meaning, long total, long count) {
      return add(
          name,
          meaning,
          count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) total / count));
    }

    public Builder section(String title, List<String> lines) {
      sections.add(new Section(title, lines));
      return this;
    }

    public Report build(Map<String, Long> failures) {
      return new Report(List.copyOf(figures), List.copyOf(sections), failures);
    }
  }
}
