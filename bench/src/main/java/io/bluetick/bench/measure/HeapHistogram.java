package io.bluetick.bench.measure;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The objects that live in a heap, by class, right after a full collection. */
public record HeapHistogram(Map<String, Long> bytesByClass, long totalBytes) {

  /** As in {@code 1: 12345 678900 [B (java.base@25)}. */
  private static final Pattern ROW =
      Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)", Pattern.MULTILINE);

  /** What a collector puts where dead objects were that it did not find worth moving others for. */
  private static final Set<String> FILLERS =
      Set.of("jdk.internal.vm.FillerObject", "[Ljdk.internal.vm.FillerElement;");

  private static final Pattern TOTAL =
      Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

  /** By how much the objects of a class have grown. */
  public record Growth(String type, long bytes) {}

  /** Reads what {@code jcmd <pid> GC.class_histogram} prints. */
  public static HeapHistogram parse(String text) {
    Matcher total = TOTAL.matcher(text);
    if (!total.find()) {
      throw new IllegalArgumentException(
          "no histogram: " + text.lines().findFirst().orElse("(nothing)"));
    }
    Map<String, Long> bytes = new HashMap<>();
    ROW.matcher(text)
        .results()
        .forEach(row -> bytes.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum));
    long fillers = FILLERS.stream().mapToLong(type -> bytes.getOrDefault(type, 0L)).sum();
    bytes.keySet().removeAll(FILLERS);
    return new HeapHistogram(bytes, Long.parseLong(total.group(1)) - fillers);
  }

  /** The classes that have grown most since then, the first one most. */
  public List<Growth> grownSince(HeapHistogram before, int limit) {
    return bytesByClass.entrySet().stream()
        .map(now ->
            new Growth(
                now.getKey(), now.getValue() - before.bytesByClass.getOrDefault(now.getKey(), 0L)))
        .filter(growth -> growth.bytes() > 0)
        .sorted(Comparator.comparingLong(Growth::bytes).reversed())
        .limit(limit)
        .toList();
  }
}
