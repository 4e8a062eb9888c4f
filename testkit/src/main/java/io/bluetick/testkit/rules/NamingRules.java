package io.bluetick.testkit.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** What things are called, and how packages are marked. */
final class NamingRules {

  private static final String EMPTY_NAMES =
      ".*(Impl|Manager|Helper|Util|Utils|Base|Dto|DTO|Processor)";

  private static final Set<String> EMPTY_PACKAGES =
      Set.of("controller", "service", "repository", "dto", "util", "helpers", "impl");

  /** A consumer group and a health group are Kafka's and Spring's, not a chat's. */
  private static final String DOMAIN_WORDS =
      ".*(Mailbox|Stanza|(?<!Consumer|Health)Group|Device|Account|Inbox|Receipt|Presence|Contact"
          + "|PreKey|Chat|Sender|Recipient).*";

  private NamingRules() {}

  static List<ArchRule> of(Modules modules) {
    return List.of(
        noClasses()
            // devstack also holds a class that Cassandra looks up by Cassandra's name for it.
            .that()
            .resideInAPackage(modules.root() + "..")
            .should()
            .haveNameMatching(EMPTY_NAMES)
            .as("classes are named by what they are")
            .because("Impl, Manager, Helper and the like say nothing about it"),
        classes()
            // testkit.service is no layer: it holds what tests of services share.
            .that(not(modules.in("testkit")))
            .should(resideInTellingPackages(modules))
            .as("packages are named by feature")
            .because("a package that collects one layer of all features belongs to none of them"),
        noClasses()
            .that(modules.in("platform"))
            .should()
            .haveNameMatching(DOMAIN_WORDS)
            .as("platform has no domain words")
            .because("what knows the domain belongs to the service that owns it"),
        all(packages())
            .should(beNullMarked())
            .as("every package is @NullMarked")
            .because("NullAway only looks at packages that ask for it"));
  }

  private static ArchCondition<JavaClass> resideInTellingPackages(Modules modules) {
    return new ArchCondition<>("reside in telling packages") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        modules.packagesInModule(type).stream()
            .filter(EMPTY_PACKAGES::contains)
            .map(name -> type.getDescription() + " is in a package named '" + name + "'")
            .forEach(message -> events.add(violated(type, message)));
      }
    };
  }

  private static ClassesTransformer<JavaPackage> packages() {
    return new AbstractClassesTransformer<>("packages") {
      @Override
      public Iterable<JavaPackage> doTransform(JavaClasses classes) {
        Set<JavaPackage> packages = new LinkedHashSet<>();
        classes.forEach(type -> packages.add(type.getPackage()));
        return packages;
      }
    };
  }

  private static ArchCondition<JavaPackage> beNullMarked() {
    return new ArchCondition<>("be @NullMarked") {
      @Override
      public void check(JavaPackage item, ConditionEvents events) {
        if (!item.isAnnotatedWith(NullMarked.class)) {
          String message = item.getName() + " has no package-info.java with @NullMarked";
          events.add(violated(item, message));
        }
      }
    };
  }
}
