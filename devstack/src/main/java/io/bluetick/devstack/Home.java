package io.bluetick.devstack;

import java.nio.file.Path;

/**
 * The folder in which a stack keeps all that it writes.
 *
 * <pre>
 * .bluetick/
 *   data/&lt;part&gt;/   what a backend must find again after a restart
 *   logs/&lt;part&gt;.log
 *   run/          who runs right now: the launcher's lock, pids, the control port
 *   cache/        unpacked binaries, class paths, AOT caches: can be made again at any time
 * </pre>
 *
 * @param folder the home itself
 * @param cache shared between homes of the same checkout
 */
public record Home(Path folder, Path cache) {

  /** The home of a checkout, with a cache of its own. */
  public static Home of(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new Home(absolute, absolute.resolve("cache"));
  }

  /** Another home below this one that shares its cache. */
  public Home nested(String name) {
    return new Home(folder.resolve(name), cache);
  }

  public Path data(String part) {
    return folder.resolve("data").resolve(part);
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  public Path log(String part) {
    return logs().resolve(part + ".log");
  }

  public Path run() {
    return folder.resolve("run");
  }
}
