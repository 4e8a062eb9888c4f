package io.bluetick.client.store;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders and files that only their owner may look into, where the system knows of owners. */
final class OwnerOnly {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final String FOLDER = "rwx------";
  private static final String FILE = "rw-------";

  private OwnerOnly() {}

  /** What a file is filled with. */
  @FunctionalInterface
  interface Content {
    void writeTo(FileChannel file) throws IOException;
  }

  /** Creates a folder, or closes one that exists to others. */
  static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(FOLDER));
    if (POSIX) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
    }
    return folder;
  }

  /** Creates an empty file if there is none. */
  static Path file(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, attributes(FILE));
    }
    return file;
  }

  /**
   * Replaces a file as a whole: after a crash there is the old one or the new one. What is being
   * written lies in {@code draft}, in the same folder; one that a crash left behind is overwritten.
   */
  static void replace(Path file, Path draft, Content content) throws IOException {
    Files.deleteIfExists(draft);
    try {
      try (FileChannel channel =
          FileChannel.open(draft, Set.of(CREATE_NEW, READ, WRITE), attributes(FILE))) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(draft, file, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    if (POSIX) {
      forceNames(file);
    }
  }

  /** A move is on the disk only when the folder is. */
  private static void forceNames(Path file) throws IOException {
    try (FileChannel names = FileChannel.open(file.toAbsolutePath().resolveSibling("."), READ)) {
      names.force(true);
    }
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return POSIX
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
