package io.bluetick.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.bluetick.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules are worth what they catch: each is run on a small Bluetick that breaks all of them. */
class RuleBookTest {
  private static final String EXAMPLES = "io.bluetick.testkit.rules.examples.";

  private static final JavaClasses BAD = new ClassFileImporter().importPackages(EXAMPLES + "bad");
  private static final JavaClasses GOOD = new ClassFileImporter().importPackages(EXAMPLES + "good");

  /** Per rule the words that its violations must hold. */
  private static final Map<String, List<String>> CAUGHT =
      Map.ofEntries(
          Map.entry(
              "services know only protocol, platform and directory", List.of("Sockets", "Tokens")),
          Map.entry(
              "platform and directory know only protocol",
              List.of("MailboxGauge", "Tokens", "Reader")),
          Map.entry("protocol knows no other module", List.of("Wire", "MailboxGauge")),
          Map.entry(
              "protocol and directory know no Spring", List.of("Wire", "Reader", "Environment")),
          Map.entry("devstack and testkit know no service", List.of("Printer", "Tokens")),
          Map.entry("features form no cycle", List.of("Cycle", "limit", "socket")),
          Map.entry("features meet at their top package", List.of("Sockets", "Buckets")),
          Map.entry("classes are named by what they are", List.of("TokenManager")),
          Map.entry("packages are named by feature", List.of("Strings", "'util'")),
          Map.entry("platform has no domain words", List.of("MailboxGauge")),
          Map.entry("every package is @NullMarked", List.of("bad.session.util has no")),
          Map.entry("nothing is injected into fields", List.of("issuer", "tokens")),
          Map.entry("only the console prints", List.of("fail", "printStackTrace", "System.out")),
          Map.entry("nothing uses java.util.logging", List.of("Printer.print", "Logger")),
          Map.entry("settings are validated records", List.of("Settings", "@Validated", "record")),
          Map.entry("reactive services never wait", List.of("blockFirst", "block()", "sleep(")),
          Map.entry("reactive services leave no stray subscription", List.of("forgets")),
          Map.entry(
              "services take the time from a Clock", List.of("called", "counted", "referred")),
          Map.entry("every service has its Application", List.of("gateway.GatewayApplication")));

  static Stream<ArchRule> rules_for_the_bad() {
    return RuleBook.of(EXAMPLES + "bad").stream();
  }

  static Stream<ArchRule> rules_for_the_good() {
    return RuleBook.of(EXAMPLES + "good").stream();
  }

  @ParameterizedTest
  @MethodSource("rules_for_the_bad")
  void bad_example_is_caught(ArchRule rule) {
    List<String> expected =
        CAUGHT.entrySet().stream()
            .filter(entry -> rule.getDescription().startsWith(entry.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow(() -> new AssertionError("add a bad example for: " + rule));
    List<String> violations = rule.evaluate(BAD).getFailureReport().getDetails();
    assertThat(String.join("\n", violations)).contains(expected);
  }

  @ParameterizedTest
  @MethodSource("rules_for_the_good")
  void good_example_passes(ArchRule rule) {
    rule.check(GOOD);
  }

  @ParameterizedTest
  @MethodSource("rules_for_the_good")
  void rule_gives_its_reason(ArchRule rule) {
    assertThat(rule.getDescription()).contains(", because ");
  }

  @Test
  void classes_of_java_25_can_be_read() {
    assertThat(Runtime.version().feature()).isEqualTo(25);
    assertThat(BAD.contain(EXAMPLES + "bad.gateway.socket.Impatient")).isTrue();
  }

  @Test
  void classes_of_another_module_are_found_in_its_folder_or_jar() {
    assertThat(HouseRules.moduleOf(ErrorCode.class).contain(ErrorCode.class)).isTrue();
  }
}
