package io.bluetick.devstack.process;

import io.bluetick.devstack.part.Health;
import io.bluetick.devstack.part.Launch;
import io.bluetick.devstack.part.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part that is a shell script: ready when its ready file exists.
 *
 * @param script may name the ready file as {@code $READY}
 */
record ScriptPart(
    String name, int port, Set<String> needs, Path ready, Duration startLimit, String script)
    implements Part {

  static final String RUN = "touch $READY; exec sleep 600";

  static ScriptPart of(String name, int port, Path folder, String script, String... needs) {
    Path ready = folder.resolve(name + ".ready");
    return new ScriptPart(name, port, Set.of(needs), ready, Duration.ofSeconds(20), script);
  }

  ScriptPart within(Duration limit) {
    return new ScriptPart(name, port, needs, ready, limit, script);
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public Launch prepare() throws java.io.IOException {
    Files.deleteIfExists(ready);
    return new Launch(List.of("sh", "-c", script), Map.of("READY", ready.toString()));
  }

  @Override
  public Health probe() {
    return Files.exists(ready) ? Health.up() : Health.down("starting");
  }
}
