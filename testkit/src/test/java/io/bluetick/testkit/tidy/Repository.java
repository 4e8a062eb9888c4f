package io.bluetick.testkit.tidy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The files that belong to Bluetick: what git tracks or would track, without what is built. */
record Repository(Path root) {

  /** Folders that git ignores; only asked where there is no git. */
  private static final Set<String> IGNORED = Set.of(".git", ".bluetick", "target", ".idea");

  /** From the property that Maven sets, or else from the folder in which an editor runs tests. */
  static Repository ofThisBuild() {
    String given = System.getProperty("bluetick.root");
    Path start = Path.of(given == null ? "" : given).toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(".mvn"))) {
        return new Repository(folder);
      }
    }
    throw new IllegalStateException("no folder with .mvn above " + start);
  }

  /** All files by path, in order. */
  Set<String> paths() throws IOException {
    Optional<Set<String>> known = listedByGit();
    Set<String> paths = new TreeSet<>(known.isPresent() ? known.get() : walked());
    // Git also lists what is deleted but not yet committed.
    paths.removeIf(path -> !Files.isRegularFile(root.resolve(path)));
    return paths;
  }

  /** Empty for a file that is no text. */
  Optional<TextFile> read(String path) throws IOException {
    String text = new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8);
    return text.indexOf('\0') < 0 ? Optional.of(new TextFile(path, text)) : Optional.empty();
  }

  boolean holds(Path path) {
    return Files.exists(root.resolve(path));
  }

  private Optional<Set<String>> listedByGit() throws IOException {
    if (!Files.exists(root.resolve(".git"))) {
      return Optional.empty();
    }
    Process git =
        new ProcessBuilder("git", "ls-files", "-z", "-co", "--exclude-standard")
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String listed = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // Git refuses a folder that another user owns: then it is as if there were none.
    return git.onExit().join().exitValue() == 0
        ? Optional.of(new TreeSet<>(Arrays.asList(listed.split("\0"))))
        : Optional.empty();
  }

  private Set<String> walked() throws IOException {
    Set<String> paths = new TreeSet<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return IGNORED.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            paths.add(root.relativize(file).toString().replace('\\', '/'));
            return FileVisitResult.CONTINUE;
          }
        });
    return paths;
  }
}
