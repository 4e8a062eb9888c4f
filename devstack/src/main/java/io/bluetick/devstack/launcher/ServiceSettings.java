package io.bluetick.devstack.launcher;

import io.bluetick.devstack.Home;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the launcher tells each service beside where the backends are.
 *
 * @param home where keys and secrets are kept
 * @param environment what the person who starts the stack wants otherwise
 * @param bind where the gateway listens: codes are shown in logs only if nobody else can ask for
 *     one
 */
record ServiceSettings(Home home, Map<String, String> environment, String bind) {
  private static final String LOOPBACK = Checkout.LOOPBACK;

  /**
   * @param backends addresses that all services get
   * @param sessions the port of session-service
   */
  Map<String, String> of(String module, Map<String, String> backends, int sessions) {
    Map<String, String> settings = new LinkedHashMap<>(backends);
    Secrets secrets = Secrets.of(home);
    put(settings, "BLUETICK_INTERNAL_SECRET", secrets.internal());
    put(
        settings,
        "BLUETICK_JWKS",
        "http://%s:%d/.well-known/jwks.json".formatted(LOOPBACK, sessions));
    switch (module) {
      case Checkout.GATEWAY -> {
        put(settings, "BLUETICK_NOISE_KEYS", data("gateway", "noise.keys"));
        put(settings, "BLUETICK_URL_SESSION", "http://%s:%d".formatted(LOOPBACK, sessions));
      }
      case Checkout.MESSAGE ->
          put(settings, "BLUETICK_URL_SESSION", "http://%s:%d".formatted(LOOPBACK, sessions));
      case Checkout.SESSION -> {
        put(settings, "BLUETICK_MASTER_KEY", data("session", "master.key"));
        put(settings, "BLUETICK_VERIFICATION", bind.equals(LOOPBACK) ? "dev" : "none");
        put(settings, "BLUETICK_PUSH_LOG", "true");
        put(settings, "BLUETICK_ADMIN_PASSWORD_FILE", secrets.adminPassword().toString());
      }
      case Checkout.MEDIA -> put(settings, "BLUETICK_MEDIA_KEY", secrets.media());
      default -> {
        // The backends are all that it must know.
      }
    }
    return settings;
  }

  private void put(Map<String, String> settings, String name, String standard) {
    settings.put(name, environment.getOrDefault(name, standard));
  }

  private String data(String part, String file) {
    return home.data(part).resolve(file).toString();
  }
}
