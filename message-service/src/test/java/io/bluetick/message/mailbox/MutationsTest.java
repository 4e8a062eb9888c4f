package io.bluetick.message.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation bites: each of these faults in the core breaks a promise in some world. */
class MutationsTest {
  private static final int SEEDS = 20_000;

  private static final String STEPS = "List.of(Step.SAVE, Step.FLUSH, Step.FORGET, Step.COMMIT)";

  private static final List<Arguments> FAULTS =
      List.of(
          fault(
              "the offset is committed before the flush",
              "Checkpoint",
              STEPS,
              "List.of(Step.SAVE, Step.COMMIT, Step.FLUSH, Step.FORGET)"),
          fault(
              "the offset is committed before rows are saved",
              "Checkpoint",
              STEPS,
              "List.of(Step.COMMIT, Step.SAVE, Step.FLUSH, Step.FORGET)"),
          fault(
              "rows are forgotten before the flush",
              "Checkpoint",
              STEPS,
              "List.of(Step.SAVE, Step.FORGET, Step.FLUSH, Step.COMMIT)"),
          fault("rows are never forgotten", "SavedRows", "effects.forget(device, upTo);", ""),
          fault(
              "the window of counters is not asked",
              "SeenCounters",
              "boolean isNew = (window.seen & bit) == 0;",
              "boolean isNew = true;"),
          fault(
              "a late farewell ends a newer session", "Whereabouts",
              "return ofEpoch == epoch && route != null;", "return route != null;"),
          fault(
              "a late greeting ends a newer session", "Whereabouts",
              "return there.getEpoch() > epoch;", "return there.getEpoch() > 0;"),
          fault(
              "what is read leads to no receipt",
              "DeviceQueue",
              "if (row.sequence() <= acknowledged) {\n        effects.settled(row, key);",
              "if (row.sequence() <= acknowledged) {"),
          fault(
              "what came meanwhile overtakes what waits",
              "DeviceQueue",
              "if (route == null || hasGap) {\n      return;",
              "if (route == null) {\n      return;"),
          fault(
              "a connection begins where the last one was",
              "DeviceQueue",
              "window.isEmpty() ? cursor : window.getFirst().sequence() - 1",
              "cursor"),
          fault(
              "an old page is taken for the one awaited",
              "Effects",
              "return ++reads;",
              "return 1;"),
          fault(
              "a drain that has not begun is given up",
              "Greeting",
              "Math.min(upTo, owedSince - 1)",
              "upTo"),
          fault(
              "what a former owner left is not looked for",
              "SavedRows",
              "this.rowsUpTo = custody.endOfLog();",
              "this.rowsUpTo = 0;"),
          fault(
              "rows are forgotten that were not read",
              "DeviceQueue",
              "hasGap ? Math.min(acknowledged, cursor) : acknowledged",
              "acknowledged"),
          fault(
              "a gateway asks for what it misses in vain",
              "DeviceQueue",
              "hasDrained = false; // It may",
              "if (hasDrained) { return; } // It may"),
          fault(
              "nobody hears that it has all",
              "DeviceQueue",
              "if (!hasDrained && tail.isEmpty()) {",
              "if (hasDrained) {"),
          fault("nothing is sent again", "DeviceQueue", "repeatLast(nowMs);\n", "\n"),
          fault(
              "an expired call rings",
              "DeviceQueue",
              "if (route == null || stanza.isExpired(nowMs)) {",
              "if (route == null) {"),
          fault(
              "a sender does not hear of a missing device",
              "Mailbox",
              "missing.removeIf(number -> seen(number, sent));",
              "missing.clear();"),
          fault(
              "a device gets what is for its predecessor",
              "Mailbox",
              "queue.sinceVersion() > sent.listVersion()",
              "queue.sinceVersion() < 0"));

  static Stream<Arguments> faults() {
    return FAULTS.stream();
  }

  private static Arguments fault(String what, String className, String text, String instead) {
    return Arguments.of(what, className, text, instead);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void the_simulation_finds(String what, String className, String text, String instead)
      throws Exception {
    MutatedSources mutated = MutatedSources.of(className, text, instead);
    String found = "";
    long seed = 0;
    for (; seed < SEEDS && found.isEmpty(); seed++) {
      try {
        found = mutated.run(seed);
      } catch (InvocationTargetException e) {
        found = String.valueOf(e.getCause());
      }
    }
    assertThat(found).as("%s: not found in %d worlds", what, seed).isNotEmpty();
  }
}
