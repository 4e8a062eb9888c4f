package io.bluetick.testkit.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaChecksTest {
  private static final String MAIN = "user-service/src/main/java/A.java";
  private static final String TEST = "user-service/src/test/java/A.java";

  @Test
  void method_of_40_lines_passes_and_one_more_is_too_long() {
    assertThat(inClass(MAIN, "void run() {" + "\n".repeat(39) + "}")).isEmpty();
    assertThat(inClass(MAIN, "/** Not counted.\n */\n void run() {" + "\n".repeat(40) + "}"))
        .containsExactly(MAIN + ":4 run has 41 lines, 40 are allowed");
  }

  @Test
  void brace_in_a_text_does_not_end_a_method() {
    assertThat(inClass(MAIN, "String s() { return \"}\";" + "\n".repeat(40) + "}")).hasSize(1);
  }

  @Test
  void constructor_takes_7_parameters_and_a_record_any_number() {
    assertThat(inClass(MAIN, "A(" + parameters(7) + ") {}")).isEmpty();
    assertThat(inClass(MAIN, "A(" + parameters(8) + ") {}"))
        .containsExactly(MAIN + ":2 constructor has 8 parameters, 7 are allowed");
    String canonical = "public R(%s) {}".formatted(parameters(8));
    assertThat(inClass(MAIN, "record R(" + parameters(8) + ") {" + canonical + "}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "catch (Exception e) {}",
        "catch (Throwable e) { /* never mind */ }",
        "catch (final RuntimeException _) {}",
        "catch (java.io.IOException | Error e) {}"
      })
  void swallowed_failure_is_found(String caught) {
    assertThat(inMethod(MAIN, "try { run(); } " + caught))
        .containsExactly(MAIN + ":2 swallows every failure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"catch (Exception e) { throw e; }", "catch (java.io.IOException e) {}"})
  void handled_or_expected_failure_passes(String caught) {
    assertThat(inMethod(MAIN, "try { run(); } " + caught)).isEmpty();
  }

  @Test
  void test_is_disabled_for_a_reason_only() {
    assertThat(inClass(TEST, "@Disabled void a() {}"))
        .containsExactly(TEST + ":2 disables without a reason");
    assertThat(inClass(TEST, "@Disabled(\"needs two machines\") void a() {}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Thread.sleep(1);",
        "java.lang.Thread.sleep(1);",
        "TimeUnit.SECONDS.sleep(1);",
        "run(Thread::sleep);"
      })
  void sleeping_is_found_in_tests_only(String statement) {
    assertThat(inMethod(TEST, statement))
        .containsExactly(TEST + ":2 sleeps in a test: wait for the condition, with a bound");
    assertThat(inMethod(MAIN, statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.mockito.Mockito",
        "static org.mockito.Mockito.mock",
        "lombok.Data",
        "org.springframework.test.context.bean.override.mockito.MockitoBean"
      })
  void mocks_and_generated_code_are_found(String imported) {
    assertThat(violations(TEST, "import " + imported + ";\nclass A {}"))
        .singleElement()
        .asString()
        .startsWith(TEST + ":1 imports ");
    assertThat(violations(TEST, "import io.bluetick.Lombok;\nclass A {}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailbox", "mailbox.dead", "presence", "outbound.g1", "outbound."})
  void topic_is_spelled_in_protocol_and_tests_only(String topic) {
    String statement = "run(\"" + topic + "\");";
    assertThat(inMethod(MAIN, statement))
        .containsExactly(MAIN + ":2 spells the topic '" + topic + "': use Topics");
    assertThat(inMethod(TEST, statement)).isEmpty();
    assertThat(inMethod("protocol/src/main/java/A.java", statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailboxes", "presence-service", "the mailbox", "outbound"})
  void other_texts_pass(String text) {
    assertThat(inMethod(MAIN, "run(\"" + text + "\");")).isEmpty();
  }

  @Test
  void what_does_not_parse_is_found() {
    assertThat(violations(MAIN, "class A {")).singleElement().asString().contains("is no Java");
    assertThat(violations("a.md", "class A {")).isEmpty();
  }

  private static List<String> inMethod(String path, String statement) {
    return inClass(path, "void a() throws Exception { " + statement + " }");
  }

  /** The member begins on line 2. */
  private static List<String> inClass(String path, String member) {
    return violations(path, "class A {\n" + member + "\n}\n");
  }

  private static List<String> violations(String path, String text) {
    return JavaChecks.java(new TextFile(path, text)).stream().map(Violation::toString).toList();
  }

  private static String parameters(int count) {
    return IntStream.range(0, count).mapToObj(i -> "int p" + i).collect(Collectors.joining(", "));
  }
}
