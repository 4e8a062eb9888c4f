package io.bluetick.bench.sockets;

import io.bluetick.bench.measure.HeapHistogram.Growth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;

/** What was measured, for people and for scripts. The names in it are kept stable. */
record SocketsReport(
    List<Figure> figures, List<Growth> heapGrowth, int connections, Map<String, Long> failures) {

  /**
   * A number.
   *
   * @param name its key in JSON
   * @param value empty when it was not measured
   */
  record Figure(String name, String meaning, OptionalDouble value) {}

  private static final int NAME_COLUMNS = 31;

  static Builder builder() {
    return new Builder();
  }

  boolean isFine() {
    return failures.isEmpty();
  }

  /** One object on one line: the figures as numbers or null, and failures by reason. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    for (Figure figure : figures) {
      object.put(figure.name(), figure.value().isPresent() ? number(figure) : null);
    }
    object.put("failures", failures.values().stream().mapToLong(Long::longValue).sum());
    object.put("failure_reasons", failures);
    return JsonMapper.shared().writeValueAsString(object);
  }

  String table() {
    List<String> lines = new ArrayList<>();
    for (Figure figure : figures) {
      String value = figure.value().isPresent() ? number(figure).toString() : "-";
      lines.add(row(figure.name(), value, figure.meaning()));
    }
    if (connections > 0 && !heapGrowth.isEmpty()) {
      lines.add("");
      lines.add("What a connection is made of, in bytes of heap:");
      for (Growth growth : heapGrowth) {
        double each = (double) growth.bytes() / connections;
        lines.add(String.format(Locale.ROOT, "  %9.1f  %s", each, growth.type()));
      }
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
  static final class Builder {
    private final List<Figure> figures = new ArrayList<>();
    private List<Growth> heapGrowth = List.of();
    private int connections;

    private Builder() {}

    Builder add(String name, String meaning, double value) {
      return add(name, meaning, OptionalDouble.of(value));
    }

    Builder add(String name, String meaning, OptionalDouble value) {
      figures.add(new Figure(name, meaning, value));
      return this;
    }

    /** A total divided by how many it was for; not measured when there were none. */
    Builder each(String name, String meaning, long total, long count) {
      return add(
          name,
          meaning,
          count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) total / count));
    }

    /** What the heap has grown by with so many connections. */
    Builder madeOf(List<Growth> growth, int count) {
      heapGrowth = growth;
      connections = count;
      return this;
    }

    SocketsReport build(Map<String, Long> failures) {
      return new SocketsReport(List.copyOf(figures), heapGrowth, connections, failures);
    }
  }
}
