package io.bluetick.devstack.artifact;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * Takes native programs out of jars. What arrives under its final name is whole: it is unpacked
 * beside it and renamed, so that a kill half-way leaves nothing that looks ready.
 */
public final class Unpacker {

  private Unpacker() {}

  /** Copies one executable out of a jar. */
  public static void executable(Path jar, String entryName, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    Files.createDirectories(target.getParent());
    Path next = Files.createTempFile(target.getParent(), "next", "");
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream in = open(zip, entryName)) {
      Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Unpacks the one {@code .txz} of a jar into a folder. */
  public static void txz(Path jar, Path target) throws IOException {
    if (Files.exists(target)) {
      return;
    }
    Files.createDirectories(target.getParent());
    Path next = Files.createTempDirectory(target.getParent(), "next");
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream in = open(zip, txzName(zip));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        unpack(tar, entry, next);
      }
    }
    Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Deletes a folder with all that is in it; links are deleted, not followed. */
  public static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder)
      throws IOException {
    Path path = folder.resolve(entry.getName()).normalize();
    if (!path.startsWith(folder)) {
      throw new IOException("an entry points outside its archive: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(path, folder.resolve(entry.getLinkName()).normalize());
    } else {
      Files.copy(tar, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        new HashSet<>(PosixFilePermissions.fromString("rw-r--r--"));
    if ((mode & 0100) != 0) {
      permissions.addAll(PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    return permissions;
  }

  private static String txzName(ZipFile zip) throws IOException {
    return zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> name.endsWith(".txz"))
        .findFirst()
        .orElseThrow(() -> new NoSuchFileException("a .txz in " + zip.getName()));
  }

  private static InputStream open(ZipFile zip, String entryName) throws IOException {
    ZipEntry entry = zip.getEntry(entryName);
    if (entry == null) {
      throw new NoSuchFileException(entryName + " in " + zip.getName());
    }
    return zip.getInputStream(entry);
  }
}
