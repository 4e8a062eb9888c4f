package io.bluetick.platform.logging;

import java.io.Console;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Chooses how log lines look: JSON (Elastic Common Schema), or plain text on a terminal.
 * BLUETICK_LOG=json or =plain overrules. Decided here because the logging system reads it before
 * there is any bean.
 */
public class LogFormat implements EnvironmentPostProcessor {
  static final String STRUCTURED = "logging.structured.format.console";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    String asked = environment.getProperty("BLUETICK_LOG", "").toLowerCase(Locale.ROOT);
    boolean plain =
        switch (asked) {
          case "plain" -> true;
          case "json" -> false;
          case "" -> onTerminal();
          default ->
              throw new IllegalStateException("BLUETICK_LOG is neither json nor plain: " + asked);
        };
    if (!plain) {
      environment
          .getPropertySources()
          .addLast(new MapPropertySource("bluetick.log-format", Map.of(STRUCTURED, "ecs")));
    }
  }

  /** JDK 22 and later never answer null, as one check knows and the other does not. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
