package io.bluetick.testkit.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** How every module uses Java and Spring. Spring is named by text: testkit does not need it. */
final class UsageRules {

  private static final String CONFIGURATION_PROPERTIES =
      "org.springframework.boot.context.properties.ConfigurationProperties";
  private static final String VALIDATED = "org.springframework.validation.annotation.Validated";

  private static final Set<String> INJECTING =
      Set.of(
          "org.springframework.beans.factory.annotation.Autowired",
          "org.springframework.beans.factory.annotation.Value",
          "jakarta.inject.Inject",
          "jakarta.annotation.Resource",
          "jakarta.persistence.PersistenceContext");

  /**
   * What owns its process's output: the launcher talks to a person, and Kafka's formatter, run as a
   * child, wants a stream to report to. Everything else logs.
   */
  private static final Set<String> CONSOLES =
      Set.of("devstack.launcher.Console", "devstack.kafka.KafkaServer");

  private UsageRules() {}

  static List<ArchRule> of(Modules modules) {
    return List.of(
        noFields()
            .should()
            .beAnnotatedWith(injecting())
            .as("nothing is injected into fields")
            .because("a constructor shows what a class needs and lets a test hand it over"),
        noClasses()
            .that(not(consoles(modules)))
            .should()
            .accessTargetWhere(
                Calls.to("java.lang.System", Set.of("out", "err"))
                    .or(Calls.to("java.lang.Throwable", Set.of("printStackTrace"))))
            .as("only the console prints")
            .because("what is printed has no event name, no ids and no level"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging")
            .as("nothing uses java.util.logging")
            .because("its lines bypass the structured log"),
        classes()
            .that()
            .areAnnotatedWith(CONFIGURATION_PROPERTIES)
            .should()
            .beRecords()
            .andShould()
            .beAnnotatedWith(VALIDATED)
            .andShould()
            .haveSimpleNameEndingWith("Settings")
            .as("settings are validated records named Settings")
            .because("a wrong value must stop the start, not a request an hour later"));
  }

  private static DescribedPredicate<JavaAnnotation<?>> injecting() {
    return describe(
        "an injecting annotation",
        annotation -> INJECTING.contains(annotation.getRawType().getName()));
  }

  private static DescribedPredicate<JavaClass> consoles(Modules modules) {
    return describe(
        "consoles " + CONSOLES,
        type ->
            CONSOLES.stream().anyMatch(name -> type.getName().equals(modules.root() + "." + name)));
  }
}
