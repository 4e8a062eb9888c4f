package io.bluetick.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;

/** What was measured, for people and for scripts. The names in it are kept stable. */
public record Report(List<Figure> figures, List<Section> sections, Map<String, Long> failures) {

  /**
   * A number.
   *
   * @param name its key in JSON
   * @param value empty when it was not measured
   */
  public record Figure(String name, String meaning, OptionalDouble value) {}

  /** Something that only people read, below the figures. */
  public record Section(String title, List<String> lines) {}

  private static final int NAME_COLUMNS = 31;

  public static Builder builder() {
    return new Builder();
  }

  public boolean isFine() {
    return failures.isEmpty();
  }

  /** One object on one line: the figures as numbers or null, and failures by reason. */
  public String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Figure figure : figures) {
      object.put(figure.name(), figure.value().isPresent() ? number(figure) : null);
    }
    object.put("failures", failures.values().stream().mapToLong(Long::longValue).sum());
    object.put("failure_reasons", failures);
    return JsonMapper.shared().writeValueAsString(object);
  }

  public String table() {
    List<String> lines = new ArrayList<>();
    for (Figure figure : figures) {
      String value = figure.value().isPresent() ? number(figure).toString() : "-";
      lines.add(row(figure.name(), value, figure.meaning()));
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

  private static String row(String name, String value, String meaning) {
    return ("%-" + NAME_COLUMNS + "s %12s  %s").formatted(name, value, meaning);
  }

  /** With one decimal, but only where there is one. */
  private static Number number(Figure figure) {
    double rounded = Math.round(figure.value().orElseThrow() * 10) / 10.0;
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
      figures.add(new Figure(name, meaning, value));
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
