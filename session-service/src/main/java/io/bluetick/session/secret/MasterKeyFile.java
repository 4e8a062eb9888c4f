package io.bluetick.session.secret;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Reads the master key, and makes it where there is none, for its owner alone to read. */
record MasterKeyFile(Path path) {

  boolean exists() {
    return Files.exists(path);
  }

  MasterKey read() throws IOException {
    try {
      return new MasterKey(Base64.getDecoder().decode(Files.readString(path).strip()));
    } catch (IllegalArgumentException _) {
      throw new IOException(path + " does not hold 32 bytes in base64");
    }
  }

  void create() throws IOException {
    byte[] key = new byte[MasterKey.BYTES];
    new SecureRandom().nextBytes(key);
    Path folder = path.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IOException(path + " cannot hold a key");
    }
    Files.createDirectories(folder);
    var forOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path whole = Files.createTempFile(folder, "master", ".key", forOwner);
    try {
      Files.writeString(whole, Base64.getEncoder().encodeToString(key) + "\n");
      Files.createLink(path, whole); // All of it at once, and never over another's.
    } catch (FileAlreadyExistsException _) {
      // Another instance was first, and its key is as good.
    } finally {
      Files.delete(whole);
    }
  }
}
