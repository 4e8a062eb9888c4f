package io.bluetick.devstack.launcher;

import io.bluetick.devstack.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What the services of one stack must know and nobody else: made at the first start, kept where the
 * data is, for its owner alone to read.
 */
record Secrets(Path folder) {
  private static final int BYTES = 24;

  static Secrets of(Home home) {
    return new Secrets(home.data("secrets"));
  }

  /** By which services know each other's calls. */
  String internal() {
    return read("internal");
  }

  /** By which media-service knows who uploaded what. */
  String media() {
    return read("media");
  }

  /** Of the first admin, whose name is "admin". */
  Path adminPassword() {
    String made = read("admin.password");
    if (made.isEmpty()) {
      throw new IllegalStateException(folder + " holds an empty password");
    }
    return folder.resolve("admin.password");
  }

  private String read(String name) {
    Path file = folder.resolve(name);
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void create(Path file) throws IOException {
    Files.createDirectories(folder);
    var forOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    Path whole = Files.createTempFile(folder, "secret", ".new", forOwner);
    try {
      Files.writeString(whole, Base64.getUrlEncoder().encodeToString(secret) + "\n");
      Files.createLink(file, whole); // All of it at once, and never over another's.
    } catch (FileAlreadyExistsException _) {
      // Another launcher was first.
    } finally {
      Files.delete(whole);
    }
  }
}
