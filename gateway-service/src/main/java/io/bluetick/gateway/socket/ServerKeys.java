package io.bluetick.gateway.socket;

import io.bluetick.protocol.noise.StaticKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys by which devices know the server: the current one, then the one before it while devices
 * still have it pinned. All gateways of a deployment have the same.
 */
record ServerKeys(List<StaticKeys> keys) {
  private static final Logger LOG = LoggerFactory.getLogger(ServerKeys.class);

  /** The current one and the previous one. More would cost a stranger's handshake as much again. */
  private static final int MAX_KEYS = 2;

  private static final int PRIVATE_KEY_BYTES = 32;

  ServerKeys {
    keys = List.copyOf(keys);
  }

  /**
   * Reads a file of private keys, a line of base64 each. Where there is none yet it is made, for
   * its owner alone to read.
   */
  static ServerKeys of(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      create(file, random);
    }
    List<StaticKeys> keys =
        Files.readString(file)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(ServerKeys::parse)
            .toList();
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException(
          file + " holds " + keys.size() + " keys, and not the current one and at most one before");
    }
    return new ServerKeys(keys);
  }

  /** A key that ends with this process. */
  static ServerKeys temporary(SecureRandom random) {
    LOG.warn("event=server_key_is_temporary hint=set_BLUETICK_NOISE_KEYS_to_a_file");
    return new ServerKeys(List.of(StaticKeys.generate(random)));
  }

  List<String> published() {
    return keys.stream().map(pair -> Base64.getEncoder().encodeToString(pair.publicKey())).toList();
  }

  private static void create(Path file, SecureRandom random) throws IOException {
    byte[] key = new byte[PRIVATE_KEY_BYTES];
    random.nextBytes(key);
    var forOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null) {
      throw new IOException(file + " cannot hold a key");
    }
    Files.createDirectories(folder);
    Path whole = Files.createTempFile(folder, "noise", ".keys", forOwner);
    try {
      Files.writeString(whole, Base64.getEncoder().encodeToString(key) + "\n");
      Files.createLink(file, whole); // All of it at once, and never over another's.
    } catch (FileAlreadyExistsException _) {
      LOG.info("event=server_key_made_by_another");
    } finally {
      Files.delete(whole);
    }
  }

  private static StaticKeys parse(String line) {
    try {
      return StaticKeys.ofPrivate(Base64.getDecoder().decode(line));
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("a line of the server's key file is no key in base64");
    }
  }

  @Override
  public String toString() {
    return "ServerKeys[" + keys.size() + "]";
  }
}
