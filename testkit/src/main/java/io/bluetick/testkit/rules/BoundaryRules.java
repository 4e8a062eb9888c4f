package io.bluetick.testkit.rules;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Who may know whom. */
final class BoundaryRules {

  private BoundaryRules() {}

  static List<ArchRule> of(Modules modules) {
    return List.of(
        classes()
            .that(modules.in(Modules.SERVICES))
            .should(knowOnly(modules, Set.of("protocol", "platform", "directory")))
            .as("services know only protocol, platform and directory")
            .because("a service that calls another one's code cannot be deployed without it"),
        classes()
            .that(modules.in(Set.of("platform", "directory")))
            .should(knowOnly(modules, Set.of("protocol")))
            .as("platform and directory know only protocol")
            .because("plumbing that knows one service is of no use to the other five"),
        classes()
            .that(modules.in("protocol"))
            .should(knowOnly(modules, Set.of()))
            .as("protocol knows no other module")
            .because("devices and services both build on it, and share nothing else"),
        noClasses()
            .that(modules.in(Set.of("protocol", "directory")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..")
            .as("protocol and directory know no Spring")
            .because("the contract also lives in clients, which have no Spring"),
        classes()
            .that(modules.in(Set.of("devstack", "testkit")))
            .should(knowOnly(modules, Set.of("protocol", "devstack")))
            .as("devstack and testkit know no service")
            .because("they are built before the services and serve all of them alike"),
        slices()
            .matching(modules.root() + ".(*).(*)..")
            .should()
            .beFreeOfCycles()
            .as("features form no cycle")
            .because("features that need each other are one feature"),
        classes()
            .should(meetFeaturesAtTheirFront(modules))
            .as("features meet at their top package")
            .because("what lies in a package below it is the feature's own business"));
  }

  private static ArchCondition<JavaClass> knowOnly(Modules modules, Set<String> others) {
    return new ArchCondition<>("know only " + others) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String own = modules.moduleOf(type).orElseThrow();
        report(
            type,
            events,
            target ->
                modules
                    .moduleOf(target)
                    .filter(module -> !module.equals(own) && !others.contains(module))
                    .isPresent());
      }
    };
  }

  private static ArchCondition<JavaClass> meetFeaturesAtTheirFront(Modules modules) {
    return new ArchCondition<>("meet features at their top package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        report(
            type,
            events,
            target ->
                modules.isInsideFeature(target)
                    && modules.moduleOf(target).equals(modules.moduleOf(type))
                    && !modules.featureOf(target).equals(modules.featureOf(type)));
      }
    };
  }

  private static void report(
      JavaClass type, ConditionEvents events, Predicate<JavaClass> isForbidden) {
    type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> isForbidden.test(dependency.getTargetClass().getBaseComponentType()))
        .map(Dependency::getDescription)
        .forEach(description -> events.add(violated(type, description)));
  }
}
