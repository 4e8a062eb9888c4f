package io.bluetick.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.util.OSInfo;

class NativeDriverTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

  @TempDir Path folder;

  @Test
  void the_library_is_unpacked_once_and_for_its_owner_alone() throws IOException {
    Path cache = folder.resolve("cache/bluetick");
    Path library = NativeDriver.unpacked(cache).orElseThrow();
    assertThat(permissions(cache)).isEqualTo("rwx------");
    assertThat(permissions(library)).isEqualTo("rw-------");
    Files.setLastModifiedTime(library, LONG_AGO);

    assertThat(NativeDriver.unpacked(cache)).contains(library);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(LONG_AGO);
    try (var files = Files.list(cache)) {
      assertThat(files).containsExactly(library);
    }
  }

  @Test
  void a_library_of_the_same_size_that_is_another_is_replaced() throws IOException {
    Path library = NativeDriver.unpacked(folder).orElseThrow();
    byte[] genuine = Files.readAllBytes(library);
    byte[] altered = genuine.clone();
    altered[altered.length / 2] ^= 1;
    for (byte[] wrong : List.of(altered, new byte[] {1, 2})) {
      Files.write(library, wrong);
      assertThat(NativeDriver.unpacked(folder)).contains(library);
      assertThat(Files.readAllBytes(library)).isEqualTo(genuine);
    }
  }

  @Test
  void the_platform_is_what_the_driver_says() {
    assertThat(NativeDriver.platform()).isEqualTo(OSInfo.getNativeLibFolderPathForCurrentOS());
  }

  @Test
  void where_nothing_can_be_written_there_is_no_copy() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(NativeDriver.unpacked(file.resolve("bluetick"))).isEmpty();
  }

  @Test
  void the_cache_is_where_the_user_says_or_in_the_home() {
    Path home = folder.resolve("home");
    Path told = folder.resolve("told");
    assertThat(NativeDriver.cacheFolder(Map.of("XDG_CACHE_HOME", told.toString()), home))
        .contains(told.resolve("bluetick"));
    Path usual = home.resolve(".cache/bluetick");
    assertThat(NativeDriver.cacheFolder(Map.of(), home)).contains(usual);
    assertThat(NativeDriver.cacheFolder(Map.of("XDG_CACHE_HOME", ""), home)).contains(usual);
    assertThat(NativeDriver.cacheFolder(Map.of("XDG_CACHE_HOME", "here"), home)).contains(usual);
    assertThat(NativeDriver.cacheFolder(Map.of(), Path.of("?"))).isEmpty();
  }

  @Test
  void the_driver_uses_the_copy_and_unpacks_nothing() throws IOException {
    Fixture.open(folder).close();
    Path library =
        Path.of(System.getProperty("org.sqlite.lib.path"))
            .resolve(System.getProperty("org.sqlite.lib.name"));
    assertThat(library).exists();
    assertThat(Files.readString(Path.of("/proc/self/maps"))).contains(library.toString());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
