package io.bluetick.devstack.part;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.artifact.Artifacts;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** What every backend is started with. Backends listen on loopback only. */
public record BackendContext(Home home, Artifacts artifacts, Jvm jvm) {

  static final String LOOPBACK = "127.0.0.1";

  public BackendContext(Home home, Jvm jvm) {
    this(home, new Artifacts(home.cache()), jvm);
  }

  /** This library's own jar, for the classes that run inside a backend's process. */
  static Path ownJar() throws IOException {
    try {
      return Path.of(
          BackendContext.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
