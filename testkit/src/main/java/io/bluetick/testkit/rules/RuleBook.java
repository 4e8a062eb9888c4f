package io.bluetick.testkit.rules;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** All rules, whichever chapter they stand in. */
final class RuleBook {

  private RuleBook() {}

  /**
   * The rules for the Bluetick whose modules are the packages below {@code root}. There is one real
   * root; the other ones are the examples that prove that the rules can fail.
   */
  static List<ArchRule> of(String root) {
    Modules modules = new Modules(root);
    return Stream.of(
            BoundaryRules.of(modules),
            NamingRules.of(modules),
            UsageRules.of(modules),
            ServiceRules.of(modules))
        .flatMap(List::stream)
        // Not every module has a class that every rule speaks of.
        .map(rule -> rule.allowEmptyShould(true))
        .toList();
  }
}
