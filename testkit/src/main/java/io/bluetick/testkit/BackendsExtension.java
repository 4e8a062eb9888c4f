package io.bluetick.testkit;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.backend.BackendPool;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts what {@link Backends} names before the first test of a class. */
final class BackendsExtension implements BeforeAllCallback, ParameterResolver {

  @Override
  public void beforeAll(ExtensionContext context) {
    settings(context.getRequiredTestClass());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningBackends.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return settings(context.getRequiredTestClass());
  }

  static RunningBackends settings(Class<?> testClass) {
    Backends backends = testClass.getAnnotation(Backends.class);
    if (backends == null) {
      throw new IllegalStateException(testClass + " is not annotated with @Backends");
    }
    Set<Backend> needed = Set.of(backends.value());
    return new RunningBackends(BackendPool.ofThisBuild().ensure(needed));
  }
}
