package io.bluetick.devstack.part;

import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who PostgreSQL runs as. It refuses to be root, so under root it becomes "nobody" and its data
 * folder is nobody's. Where nobody may not walk (a checkout below a private folder), it keeps the
 * one capability to walk there; the no_setuid_fixup bit lets access(2), which PostgreSQL asks
 * first, see this capability too.
 */
record PostgresUser(List<String> prefix) {

  private static final int NOBODY = 65_534;

  static PostgresUser choose(Path folder) throws IOException, PartFailure {
    if (!Tools.isRoot()) {
      return new PostgresUser(List.of());
    }
    if (Tools.find("setpriv").isEmpty()) {
      throw new PartFailure(
          "postgres does not run as root, and there is no setpriv to become somebody else:"
              + " install util-linux or run as an ordinary user");
    }
    List<String> prefix =
        new ArrayList<>(
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    if (!isReachableByAll(folder)) {
      prefix.addAll(
          List.of(
              "--inh-caps=+dac_override",
              "--ambient-caps=+dac_override",
              "--securebits=+no_setuid_fixup"));
    }
    return new PostgresUser(prefix);
  }

  List<String> command(String... command) {
    return Stream.concat(prefix.stream(), Stream.of(command)).toList();
  }

  /** Gives the tree to this user. */
  void own(Path tree) throws IOException {
    if (prefix.isEmpty()) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.toList()) {
        Files.setAttribute(path, "unix:uid", NOBODY);
        Files.setAttribute(path, "unix:gid", NOBODY);
      }
    }
    if (Files.isDirectory(tree)) {
      // PostgreSQL insists that nobody else can read its data.
      Files.setPosixFilePermissions(
          tree,
          Set.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
    }
  }

  private static boolean isReachableByAll(Path folder) throws IOException {
    for (Path path = folder.toAbsolutePath().getParent(); path != null; path = path.getParent()) {
      if (Files.exists(path)
          && !Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }
}
