package io.bluetick.testkit.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which module and which feature a class belongs to. Read from its package, {@code
 * <root>.<module>.<feature>}, because class files do not know Maven's modules.
 */
record Modules(String root) {

  static final Set<String> SERVICES =
      Set.of("gateway", "session", "message", "presence", "media", "user");

  /** Services that serve everyone from a few threads, so that none of these may ever wait. */
  static final Set<String> REACTIVE_SERVICES = Set.of("gateway", "presence");

  /** Empty for classes that are not ours. */
  Optional<String> moduleOf(JavaClass type) {
    return segments(type).stream().findFirst();
  }

  /** The feature with its module, as in {@code gateway.socket}; empty outside of features. */
  Optional<String> featureOf(JavaClass type) {
    List<String> segments = segments(type);
    return segments.size() < 2
        ? Optional.empty()
        : Optional.of(String.join(".", segments.subList(0, 2)));
  }

  /** Whether the class lies in a package below its feature's own. */
  boolean isInsideFeature(JavaClass type) {
    return segments(type).size() > 2;
  }

  /** The packages below the module's own: the feature, and what lies below it. */
  List<String> packagesInModule(JavaClass type) {
    return segments(type).stream().skip(1).toList();
  }

  DescribedPredicate<JavaClass> in(Set<String> modules) {
    return describe("in " + modules, type -> moduleOf(type).filter(modules::contains).isPresent());
  }

  DescribedPredicate<JavaClass> in(String module) {
    return in(Set.of(module));
  }

  private List<String> segments(JavaClass type) {
    String below = root + ".";
    String name = type.getPackageName();
    return name.startsWith(below)
        ? Arrays.asList(name.substring(below.length()).split("\\."))
        : List.of();
  }
}
