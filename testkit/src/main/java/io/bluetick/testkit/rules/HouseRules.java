package io.bluetick.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules as tests. A module adopts them by one class among its own tests:
 *
 * <pre>{@code
 * class HouseRulesTest implements HouseRules {}
 * }</pre>
 *
 * <p>Only production classes are checked: tests may be as direct as they like.
 */
public interface HouseRules {

  /** The classes to check: what Maven compiled beside the adopting test. */
  default JavaClasses production() {
    return imported(locationOf(getClass()).resolve("../classes/"));
  }

  @TestFactory
  default Stream<DynamicTest> house_rules() {
    JavaClasses classes = production();
    // Without this a wrong path would make every rule pass.
    assertThat(classes).as("classes to check").isNotEmpty();
    return RuleBook.of("io.bluetick").stream()
        .map(rule -> dynamicTest(rule.getDescription(), () -> rule.check(classes)));
  }

  /** All classes of the folder or jar that holds the given one: another module's. */
  static JavaClasses moduleOf(Class<?> type) {
    return imported(locationOf(type));
  }

  private static JavaClasses imported(URI location) {
    return new ClassFileImporter().importLocations(List.of(Location.of(location)));
  }

  private static URI locationOf(Class<?> type) {
    return URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
  }
}
