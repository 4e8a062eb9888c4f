package io.bluetick.platform.telemetry;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sends traces to BLUETICK_OTLP when it is set. Not a placeholder in the yaml: an empty endpoint
 * would still count as one, and the exporter would retry into the void.
 */
public class TraceExport implements EnvironmentPostProcessor {
  static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String endpoint = environment.getProperty("BLUETICK_OTLP", "");
    if (!endpoint.isBlank()) {
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("bluetick.trace-export", Map.of(ENDPOINT, endpoint)));
    }
  }
}
