package io.bluetick.app.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is deleted at the end, also of a process that is told to end. */
final class Scratch implements AutoCloseable {
  private final Path folder;
  private final Thread hook;

  private Scratch(Path folder) {
    this.folder = folder;
    this.hook = new Thread(this::delete, "delete-scratch");
  }

  static Scratch make() {
    try {
      Scratch scratch = new Scratch(Files.createTempDirectory("bluetick-demo-"));
      Runtime.getRuntime().addShutdownHook(scratch.hook);
      return scratch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  private void delete() {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // It lies among the system's temporary files, encrypted by a passphrase that is forgotten.
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs.
    }
  }
}
