package io.bluetick.bench.messages;

import io.bluetick.bench.messages.Servers.Cpu;
import io.bluetick.bench.report.Report;
import io.bluetick.bench.report.Report.Goal;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;

/** How what was measured of messages is written into a report. */
final class Figures {
  private static final double MICROS_PER_MS = 1_000;
  private static final double P99 = 99;
  private static final double P999 = 99.9;

  private final Report.Builder report;

  Figures(Report.Builder report) {
    this.report = report;
  }

  void add(String name, String meaning, double value) {
    report.add(name, meaning, value);
  }

  void add(String name, String meaning, double value, Goal goal) {
    report.add(name, meaning, measured(value), goal);
  }

  /** CPU per message, of all processes that it needs and of each. */
  void cpu(String name, Cpu cpu, long messages) {
    report.add(name + ".all", "CPU of all servers per message", each(cpu.all(), messages));
    parts(name, cpu, messages);
  }

  void cpu(String name, Cpu cpu, long messages, Goal goal) {
    report.add(name + ".all", "CPU of all servers per message", each(cpu.all(), messages), goal);
    parts(name, cpu, messages);
  }

  private void parts(String name, Cpu cpu, long messages) {
    cpu.counted()
        .forEach(
            (part, micros) -> report.add(name + "." + part, "of these", each(micros, messages)));
  }

  /** Processes that a message does not need, and the generator itself. */
  void apart(String name, Cpu cpu, long messages) {
    cpu.apart()
        .forEach((part, micros) ->
            report.add(name + "." + part, "not among them", each(micros, messages)));
  }

  void times(String name, String meaning, Histogram times) {
    times(name, meaning, times, Map.of());
  }

  /**
   * Quantiles.
   *
   * @param goals milliseconds at most, by quantile
   */
  void times(String name, String meaning, Histogram times, Map<String, Double> goals) {
    time(name, "p50", meaning, times.getValueAtPercentile(50), goals);
    time(name, "p99", meaning, times.getValueAtPercentile(P99), goals);
    time(name, "p999", meaning, times.getValueAtPercentile(P999), goals);
    time(name, "max", meaning, times.getMaxValue(), goals);
  }

  private void time(
      String name, String quantile, String meaning, long micros, Map<String, Double> goals) {
    OptionalDouble value = measured(micros / MICROS_PER_MS);
    Double goal = goals.get(quantile);
    if (goal == null) {
      report.add(name + "." + quantile, meaning, value);
    } else {
      report.add(name + "." + quantile, meaning, value, Goal.atMost(goal));
    }
  }

  /** Nothing was measured if there was nothing to divide. */
  private static OptionalDouble measured(double value) {
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static OptionalDouble each(long micros, long messages) {
    return messages == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) micros / messages);
  }
}
