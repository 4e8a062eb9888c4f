package io.bluetick.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/** Puts the settings of {@link Backends} into the environment of a Spring test. */
final class BackendsContextCustomizerFactory implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> configuration) {
    return testClass.isAnnotationPresent(Backends.class)
        ? new Customizer(BackendsExtension.settings(testClass).all())
        : null;
  }

  /** A record, so that test classes with the same backends share one application context. */
  private record Customizer(Map<String, String> settings) implements ContextCustomizer {

    @Override
    public void customizeContext(
        ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("backends", new HashMap<>(settings)));
    }
  }
}
