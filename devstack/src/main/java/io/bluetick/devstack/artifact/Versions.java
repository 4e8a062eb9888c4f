package io.bluetick.devstack.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The backends' versions, written by the build from the parent pom, where alone they stand. */
public final class Versions {

  private static final Properties ENTRIES = load();

  private Versions() {}

  public static String of(String backend) {
    return Objects.requireNonNull(ENTRIES.getProperty(backend), backend);
  }

  private static Properties load() {
    Properties entries = new Properties();
    try (InputStream in =
        Versions.class.getResourceAsStream("/io/bluetick/devstack/versions.properties")) {
      entries.load(Objects.requireNonNull(in, "versions.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }
}
