package io.bluetick.app.command;

import io.bluetick.app.device.ProfileFolders;
import io.bluetick.app.device.Profiles;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * What commands find around them.
 *
 * @param checkout where profiles and a local server's log are
 * @param in what is piped in, or typed
 */
record World(
    Profiles profiles,
    Path checkout,
    Map<String, String> environment,
    Asking asking,
    InputStream in,
    Clock clock,
    ZoneId zone) {

  /** This process's. */
  static World real(InputStream in) {
    Path checkout = Path.of(System.getProperty("bluetick.root", ".")).toAbsolutePath().normalize();
    Map<String, String> environment = System.getenv();
    return new World(
        new ProfileFolders(profiles(checkout, environment)),
        checkout,
        environment,
        Asking.terminal(),
        in,
        Clock.systemUTC(),
        ZoneId.systemDefault());
  }

  static Path profiles(Path checkout, Map<String, String> environment) {
    return Optional.ofNullable(environment.get("BLUETICK_PROFILES"))
        .filter(told -> !told.isEmpty())
        .map(told -> Path.of(told).toAbsolutePath().normalize())
        .orElseGet(() -> checkout.resolve(".bluetick").resolve("profiles"));
  }

  /** The folder of the stack that runs on this machine. */
  Path home() {
    return Optional.ofNullable(environment.get("BLUETICK_HOME"))
        .filter(told -> !told.isEmpty())
        .map(Path::of)
        .orElseGet(() -> checkout.resolve(".bluetick"));
  }

  /** Whether somebody sits at a terminal that can move its cursor. */
  boolean isLive() {
    return asking.isPersonThere()
        && variable("TERM").filter(type -> !type.equals("dumb")).isPresent();
  }

  boolean isColoured() {
    return !environment.containsKey("NO_COLOR");
  }

  /** Empty where it is not set, or set to nothing. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
