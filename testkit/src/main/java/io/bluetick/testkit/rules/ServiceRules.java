package io.bluetick.testkit.rules;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How the services behave: in the reactive ones nobody waits, and in all of them time is given. */
final class ServiceRules {

  private static final String MONO = "reactor.core.publisher.Mono";
  private static final String FLUX = "reactor.core.publisher.Flux";
  private static final String CONSUMER = "java.util.function.Consumer";

  private ServiceRules() {}

  static List<ArchRule> of(Modules modules) {
    return List.of(
        noClasses()
            .that(modules.in(Modules.REACTIVE_SERVICES))
            .should()
            .accessTargetWhere(waits())
            .as("reactive services never wait")
            .because("one waiting event loop stalls thousands of sockets"),
        noClasses()
            .that(modules.in(Modules.REACTIVE_SERVICES))
            .should()
            .accessTargetWhere(straySubscriptions())
            .as("reactive services leave no stray subscription")
            .because("without an error handler of its own a subscription dies unheard"),
        noClasses()
            .that(modules.in(Modules.SERVICES))
            .should()
            .accessTargetWhere(readsOfTheWallClock())
            .as("services take the time from a Clock")
            .because("a test must be able to say what time it is; System.nanoTime may measure"),
        all(services(modules))
            .should(haveAnApplication(modules))
            .as("every service has its Application")
            .because("who knows how one service starts knows all six"));
  }

  private static DescribedPredicate<JavaAccess<?>> waits() {
    return Calls.to("java.lang.Thread", Set.of("sleep"))
        .or(Calls.to("java.util.concurrent.TimeUnit", Set.of("sleep")))
        .or(Calls.to(MONO, Set.of("block", "blockOptional")))
        .or(Calls.to(FLUX, Set.of("blockFirst", "blockLast", "toIterable", "toStream")));
  }

  private static DescribedPredicate<JavaAccess<?>> straySubscriptions() {
    return Calls.to(MONO, "subscribe", List.of())
        .or(Calls.to(MONO, "subscribe", List.of(CONSUMER)))
        .or(Calls.to(FLUX, "subscribe", List.of()))
        .or(Calls.to(FLUX, "subscribe", List.of(CONSUMER)));
  }

  private static DescribedPredicate<JavaAccess<?>> readsOfTheWallClock() {
    return Calls.toNowWithoutClock()
        .or(Calls.to("java.lang.System", Set.of("currentTimeMillis")))
        .or(Calls.to("java.util.Date", "<init>", List.of()))
        .or(Calls.to("java.time.InstantSource", Set.of("system")))
        .or(
            Calls.to(
                "java.time.Clock",
                Set.of(
                    "system",
                    "systemUTC",
                    "systemDefaultZone",
                    "tickMillis",
                    "tickSeconds",
                    "tickMinutes")));
  }

  /** A service as far as it was compiled: the full names of its classes. */
  private record Service(String name, Set<String> classes) {}

  private static ClassesTransformer<Service> services(Modules modules) {
    return new AbstractClassesTransformer<>("services") {
      @Override
      public Iterable<Service> doTransform(JavaClasses classes) {
        return Modules.SERVICES.stream()
            .map(name -> new Service(name, namesOf(classes.that(modules.in(name)))))
            .filter(service -> !service.classes().isEmpty())
            .toList();
      }
    };
  }

  private static Set<String> namesOf(JavaClasses classes) {
    return classes.stream().map(JavaClass::getName).collect(toUnmodifiableSet());
  }

  private static ArchCondition<Service> haveAnApplication(Modules modules) {
    return new ArchCondition<>("have an Application") {
      @Override
      public void check(Service service, ConditionEvents events) {
        String name = service.name();
        String simpleName = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        String expected = modules.root() + "." + name + "." + simpleName + "Application";
        if (!service.classes().contains(expected)) {
          events.add(violated(service, expected + " is missing"));
        }
      }
    };
  }
}
