package io.bluetick.devstack.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {

  @TempDir private Path cache;

  @Test
  void a_class_path_is_resolved_once_and_then_remembered() throws Exception {
    Artifacts artifacts = new Artifacts(cache);
    Coordinates redis =
        Coordinates.of("org.signal:embedded-redis", Versions.of("redis"))
            .without("com.google.guava:guava", "commons-io:commons-io");
    List<Path> resolved = artifacts.classPath(redis);
    assertThat(resolved.getFirst()).isRegularFile();

    Path elsewhere = Files.writeString(cache.resolve("remembered.jar"), "");
    Path note = cache.resolve("classpath").resolve("embedded-redis-" + Versions.of("redis"));
    Files.writeString(note, elsewhere.toString());
    assertThat(artifacts.classPath(redis)).containsExactly(elsewhere);

    Files.delete(elsewhere);
    assertThat(artifacts.classPath(redis)).as("a file has gone").isEqualTo(resolved);
  }

  @Test
  void an_artifact_that_does_not_exist_is_one_clear_line() {
    Coordinates nothing = Coordinates.of("io.bluetick:no-such-thing", "0");
    assertThatThrownBy(() -> new Artifacts(cache).classPath(nothing))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Maven cannot bring io.bluetick:no-such-thing:0")
        .message()
        .hasLineCount(1);
  }
}
