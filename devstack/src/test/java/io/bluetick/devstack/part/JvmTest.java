package io.bluetick.devstack.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmTest {

  @TempDir private Path folder;
  private Path jar;

  @BeforeEach
  void jar() throws Exception {
    jar = Files.writeString(folder.resolve("a.jar"), "a");
  }

  @Test
  void a_published_recording_is_used_by_the_next_start() throws Exception {
    assertThat(aotOption(Jvm.Aot.USE, "-Xmx1m")).isEmpty();
    Path recording = recording("-Xmx1m").orElseThrow();
    Files.writeString(recording, "cache");
    Jvm.publish(recording);
    assertThat(aotOption(Jvm.Aot.USE, "-Xmx1m")).isPresent();
    assertThat(recording("-Xmx1m")).as("nothing is left to record").isEmpty();
  }

  @Test
  void a_cache_does_not_fit_other_options_or_another_jar() throws Exception {
    Path recording = recording("-Xmx1m").orElseThrow();
    Files.writeString(recording, "cache");
    Jvm.publish(recording);
    assertThat(aotOption(Jvm.Aot.USE, "-Xmx2m")).isEmpty();
    Files.writeString(jar, "another");
    assertThat(aotOption(Jvm.Aot.USE, "-Xmx1m")).isEmpty();
  }

  @Test
  void a_new_cache_replaces_the_old_one() throws Exception {
    for (String option : List.of("-Xmx1m", "-Xmx2m")) {
      Path recording = recording(option).orElseThrow();
      Files.writeString(recording, "cache");
      Jvm.publish(recording);
    }
    try (var caches = Files.list(folder.resolve("aot"))) {
      assertThat(caches).hasSize(1);
    }
  }

  @Test
  void classes_in_folders_are_not_cached() throws Exception {
    jar = folder;
    assertThat(recording("-Xmx1m")).isEmpty();
  }

  private Optional<Path> recording(String option) throws Exception {
    List<String> command = new Jvm(folder, Jvm.Aot.RECORD).command(program(option));
    return Jvm.recording(new Launch(command, Map.of()));
  }

  private Optional<String> aotOption(Jvm.Aot aot, String option) throws Exception {
    return new Jvm(folder, aot)
        .command(program(option)).stream().filter(it -> it.startsWith("-XX:AOTCache=")).findFirst();
  }

  private Jvm.Program program(String option) {
    return new Jvm.Program("store", List.of(option), List.of(jar), List.of("Main"));
  }
}
