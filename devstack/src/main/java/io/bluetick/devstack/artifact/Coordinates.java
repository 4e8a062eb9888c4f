package io.bluetick.devstack.artifact;

import java.util.List;

/**
 * What to ask Maven for.
 *
 * @param artifact group:artifact:version
 * @param without group:artifact of dependencies that are left out, with a reason where it is used
 * @param pinned group:artifact:version that wins over what the dependencies ask for
 */
public record Coordinates(String artifact, List<String> without, List<String> pinned) {

  public static Coordinates of(String groupAndArtifact, String version) {
    return new Coordinates(groupAndArtifact + ":" + version, List.of(), List.of());
  }

  public Coordinates without(String... groupAndArtifact) {
    return new Coordinates(artifact, List.of(groupAndArtifact), pinned);
  }

  public Coordinates pin(String... groupArtifactVersion) {
    return new Coordinates(artifact, without, List.of(groupArtifactVersion));
  }

  /** A name for files, such as {@code kafka_2.13-4.4.0}. */
  String fileName() {
    return artifact.substring(artifact.indexOf(':') + 1).replace(':', '-');
  }
}
