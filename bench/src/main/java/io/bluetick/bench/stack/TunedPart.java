package io.bluetick.bench.stack;

import io.bluetick.devstack.part.Health;
import io.bluetick.devstack.part.Launch;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.part.ServicePart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A service with further JVM options. They come last before the class path, so that they win. */
record TunedPart(ServicePart service, List<String> jvmOptions) implements Part {

  @Override
  public String name() {
    return service.name();
  }

  @Override
  public String host() {
    return service.host();
  }

  @Override
  public int port() {
    return service.port();
  }

  @Override
  public Set<String> needs() {
    return service.needs();
  }

  @Override
  public Launch prepare() throws IOException, PartFailure {
    Launch launch = service.prepare();
    List<String> command = new ArrayList<>(launch.command());
    command.addAll(command.indexOf("-cp"), jvmOptions);
    return new Launch(command, launch.environment());
  }

  @Override
  public Health probe() {
    return service.probe();
  }
}
