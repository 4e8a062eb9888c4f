package io.bluetick.devstack.artifact;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Maven artifacts by the user's own Maven set-up: local repository, mirrors and proxies included.
 *
 * <p>Each backend is resolved apart from all else, because it is a program, not a library: the
 * versions that suit our services would break it. A class path that was resolved once is remembered
 * in the cache folder and used for as long as all its files exist.
 */
public final class Artifacts {

  private final Path cache;

  public Artifacts(Path cache) {
    this.cache = cache;
  }

  /** The artifact's own file. */
  public Path file(Coordinates coordinates) throws IOException {
    return classPath(coordinates).getFirst();
  }

  /** The artifact's file, then those of all that it needs at run time. */
  public List<Path> classPath(Coordinates coordinates) throws IOException {
    Path remembered = cache.resolve("classpath").resolve(coordinates.fileName());
    if (Files.exists(remembered)) {
      List<Path> files = split(Files.readString(remembered));
      if (files.stream().allMatch(Files::exists)) {
        return files;
      }
    }
    List<Path> files = resolve(coordinates);
    Files.createDirectories(remembered.getParent());
    Path next = Files.createTempFile(remembered.getParent(), "next", "");
    Files.writeString(next, join(files));
    Files.move(next, remembered, StandardCopyOption.REPLACE_EXISTING);
    return files;
  }

  /** As the option {@code -cp} takes it. */
  public static String join(List<Path> files) {
    return files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The opposite of {@link #join}. */
  public static List<Path> split(String classPath) {
    return List.of(classPath.strip().split(File.pathSeparator)).stream().map(Path::of).toList();
  }

  private static List<Path> resolve(Coordinates coordinates) throws IOException {
    CollectRequest collect = new CollectRequest();
    collect.setRoot(dependency(coordinates.artifact(), coordinates.without()));
    coordinates.pinned().forEach(pin -> collect.addManagedDependency(dependency(pin, List.of())));
    ContextOverrides userSettings = ContextOverrides.create().withUserSettings(true).build();
    try (Context maven = Runtimes.INSTANCE.getRuntime().create(userSettings)) {
      collect.setRepositories(maven.remoteRepositories());
      DependencyRequest request =
          new DependencyRequest(collect, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
      return maven
          .repositorySystem()
          .resolveDependencies(maven.repositorySystemSession(), request)
          .getArtifactResults()
          .stream()
          .map(result -> result.getArtifact().getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new IOException(
          "Maven cannot bring " + coordinates.artifact() + ": " + rootMessage(e), e);
    }
  }

  private static Dependency dependency(String artifact, List<String> without) {
    List<Exclusion> exclusions =
        without.stream()
            .map(name -> name.split(":"))
            .map(name -> new Exclusion(name[0], name[1], "*", "*"))
            .toList();
    return new Dependency(
        new DefaultArtifact(artifact), JavaScopes.RUNTIME, Boolean.FALSE, exclusions);
  }

  private static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
