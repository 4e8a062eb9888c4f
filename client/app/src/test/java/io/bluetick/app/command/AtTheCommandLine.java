package io.bluetick.app.command;

import io.bluetick.app.device.FakeDevice;
import io.bluetick.app.device.FakeProfiles;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Commands on profiles in memory, by somebody who says what the test has prepared. */
abstract class AtTheCommandLine implements Asking {
  final FakeProfiles profiles = new FakeProfiles();
  final FakeDevice device = FakeDevice.withAnna();
  final Map<String, String> environment = new HashMap<>(Map.of("BLUETICK_PASSPHRASE", "right"));
  final Deque<String> answers = new ArrayDeque<>();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  String piped = "";

  @TempDir Path checkout;

  AtTheCommandLine() {
    profiles.devices.put("default", device);
  }

  @Override
  public boolean isPersonThere() {
    return false;
  }

  @Override
  public Optional<String> line(String prompt) {
    return Optional.ofNullable(answers.poll());
  }

  @Override
  public Optional<char[]> secret(String prompt) {
    return Optional.ofNullable(answers.poll()).map(String::toCharArray);
  }

  World world() {
    return new World(
        profiles,
        checkout,
        environment,
        this,
        new ByteArrayInputStream(piped.getBytes(StandardCharsets.UTF_8)),
        Clock.systemUTC(),
        ZoneOffset.UTC);
  }

  int run(String... arguments) {
    return Launcher.commandLine(world())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
