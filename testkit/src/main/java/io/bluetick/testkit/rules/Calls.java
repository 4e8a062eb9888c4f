package io.bluetick.testkit.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;

/**
 * Predicates over what a class calls. Unlike ArchUnit's own {@code callMethod} they see method
 * references too, so {@code Instant::now} is found where {@code Instant.now()} is.
 */
final class Calls {

  private Calls() {}

  /** Methods or fields of a type, whatever their parameters. */
  static DescribedPredicate<JavaAccess<?>> to(String owner, Set<String> members) {
    return describe(
        owner + " " + members,
        access -> isOn(access, owner) && members.contains(access.getTarget().getName()));
  }

  /** Exactly this overload; a constructor is named {@code <init>}. */
  static DescribedPredicate<JavaAccess<?>> to(
      String owner, String member, List<String> parameters) {
    return describe(
        owner + "." + member,
        access ->
            isOn(access, owner)
                && access.getTarget().getName().equals(member)
                && parametersOf(access).equals(parameters));
  }

  /** Calls of {@code now} in java.time that are not given a clock. */
  static DescribedPredicate<JavaAccess<?>> toNowWithoutClock() {
    return describe(
        "now() without a clock",
        access ->
            access.getTargetOwner().getPackageName().equals("java.time")
                && access.getTarget().getName().equals("now")
                && !parametersOf(access).contains("java.time.Clock"));
  }

  private static boolean isOn(JavaAccess<?> access, String owner) {
    return access.getTargetOwner().isAssignableTo(owner);
  }

  private static List<String> parametersOf(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
        : List.of();
  }
}
