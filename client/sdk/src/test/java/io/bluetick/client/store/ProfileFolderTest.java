package io.bluetick.client.store;

import static io.bluetick.client.store.Fixture.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProfileFolderTest {
  @TempDir Path folder;

  @Test
  void a_profile_has_a_place_for_everything() {
    try (ProfileFolder profile = ProfileFolder.open(folder.resolve("work"))) {
      Path root = folder.resolve("work").toAbsolutePath();
      assertThat(profile.database()).isEqualTo(root.resolve("Databases/bluetick.db"));
      assertThat(profile.received(MediaFolder.VOICE_NOTES))
          .isEqualTo(root.resolve("Media/Voice Notes"))
          .isDirectory();
      assertThat(profile.sent(MediaFolder.IMAGES))
          .isEqualTo(root.resolve("Media/Images/Sent"))
          .isDirectory();
      assertThat(root.resolve("Media/Video/Sent")).isDirectory();
      assertThat(root.resolve("Media/Files/Sent")).isDirectory();
      assertThat(profile.vault().exists()).isFalse();
      assertThat(profile.backups(Clock.systemUTC()).list()).isEmpty();
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no such permissions")
  void nobody_else_looks_in_even_if_the_folder_was_open_before() throws IOException {
    Path root = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (ProfileFolder profile = ProfileFolder.open(root)) {
      profile.vault();
      try (var all = Files.walk(root)) {
        assertThat(all)
            .allSatisfy(path ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .endsWith("------"));
      }
    }
  }

  @Test
  void a_second_opening_is_refused_until_the_first_is_closed() {
    ProfileFolder first = ProfileFolder.open(folder);
    fails(Kind.IN_USE, () -> ProfileFolder.open(folder.resolve("..").resolve(name(folder))));
    // A refused opening must not have freed the lock.
    fails(Kind.IN_USE, () -> ProfileFolder.open(folder));
    first.close();
    ProfileFolder.open(folder).close();
  }

  @Test
  void a_second_process_is_refused() throws Exception {
    try (ProfileFolder profile = ProfileFolder.open(folder);
        OtherProcess other = OtherProcess.opening(folder)) {
      assertThat(other.outcome()).isEqualTo("IN_USE");
      assertThat(profile.database()).doesNotExist();
    }
  }

  @Test
  void a_process_that_was_killed_holds_nothing() throws Exception {
    try (OtherProcess other = OtherProcess.opening(folder)) {
      assertThat(other.outcome()).isEqualTo("held");
      fails(Kind.IN_USE, () -> ProfileFolder.open(folder));
    }
    ProfileFolder.open(folder).close();
  }

  @Test
  void what_cannot_be_a_folder_fails_with_a_type() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    fails(Kind.OTHER, () -> ProfileFolder.open(file));
  }

  private static String name(Path path) {
    return Optional.ofNullable(path.getFileName()).orElseThrow().toString();
  }
}
