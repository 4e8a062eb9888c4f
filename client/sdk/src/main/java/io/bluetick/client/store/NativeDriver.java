package io.bluetick.client.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.CRC32;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * The native half of the driver, unpacked once for a user instead of at each start. A copy is used
 * only if it is byte for byte what the jar holds; the checksum in its name keeps versions apart.
 *
 * <p>Where there is no such folder, or it cannot be written, the driver unpacks to the folder for
 * temporary files as it always does. An {@code org.sqlite.lib.path} that somebody set stays.
 */
final class NativeDriver {
  private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";
  private static final String LIBRARY_NAME = "org.sqlite.lib.name";

  private NativeDriver() {}

  /** Points the driver at the copy. What is done once stays done; any thread may call this. */
  static synchronized void prepare() {
    Properties system = System.getProperties();
    if (system.containsKey(LIBRARY_FOLDER)) {
      return;
    }
    cacheFolder(System.getenv(), Path.of(System.getProperty("user.home")))
        .flatMap(NativeDriver::unpacked)
        .ifPresent(library -> {
          system.setProperty(LIBRARY_NAME, String.valueOf(library.getFileName()));
          system.setProperty(LIBRARY_FOLDER, String.valueOf(library.getParent()));
        });
  }

  /** Empty if nobody knows where this user's caches are. */
  static Optional<Path> cacheFolder(Map<String, String> environment, Path home) {
    String told = environment.getOrDefault("XDG_CACHE_HOME", "");
    // A relative one is to be ignored, says the specification.
    Path caches =
        !told.isEmpty() && Path.of(told).isAbsolute() ? Path.of(told) : home.resolve(".cache");
    return caches.isAbsolute() ? Optional.of(caches.resolve("bluetick")) : Optional.empty();
  }

  /** The library in the given folder. Empty if there is none for this machine, or no room. */
  static Optional<Path> unpacked(Path folder) {
    String name = System.mapLibraryName("sqlitejdbc").replace(".dylib", ".jnilib");
    String resource = "/org/sqlite/native/" + platform() + "/" + name;
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        return Optional.empty();
      }
      byte[] wanted = in.readAllBytes();
      Path library = OwnerOnly.folder(folder).resolve(checksum(wanted) + "-" + name);
      if (!holds(library, wanted)) {
        // Another process may be doing the same.
        Path draft = folder.resolve(name + "." + ProcessHandle.current().pid() + ".draft");
        OwnerOnly.replace(
            library,
            draft,
            out -> {
              ByteBuffer bytes = ByteBuffer.wrap(wanted);
              while (bytes.hasRemaining()) {
                out.write(bytes);
              }
            });
      }
      return Optional.of(library);
    } catch (IOException _) {
      // It would be a faster start; it is no condition of one.
      return Optional.empty();
    }
  }

  /**
   * As the driver names it, in less than half the time: the driver starts a process to tell Linux
   * from Android, and follows every file that is mapped.
   */
  static String platform() {
    String arch = System.getProperty("os.arch");
    boolean isPlainLinux =
        System.getProperty("os.name").equals("Linux")
            && !arch.startsWith("arm")
            && !System.getenv().containsKey("ANDROID_ROOT");
    if (!isPlainLinux) {
      return OSInfo.getNativeLibFolderPathForCurrentOS();
    }
    try {
      boolean isMusl = Files.readString(Path.of("/proc/self/maps")).contains("musl");
      return (isMusl ? "Linux-Musl/" : "Linux/") + OSInfo.getArchName();
    } catch (IOException _) {
      return OSInfo.getNativeLibFolderPathForCurrentOS();
    }
  }

  private static boolean holds(Path file, byte[] wanted) throws IOException {
    return Files.isRegularFile(file)
        && Files.size(file) == wanted.length
        && Arrays.equals(Files.readAllBytes(file), wanted);
  }

  private static String checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return "%08x".formatted(crc.getValue());
  }
}
