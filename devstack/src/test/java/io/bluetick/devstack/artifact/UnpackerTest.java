package io.bluetick.devstack.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackerTest {

  @TempDir private Path folder;

  @Test
  void programs_keep_their_right_to_run() throws Exception {
    Path jar = jar("programs.txz", txz("bin/server", 0755));
    Unpacker.txz(jar, folder.resolve("programs"));
    assertThat(folder.resolve("programs/bin/server")).isExecutable().hasContent("content");
  }

  @Test
  void an_entry_outside_its_archive_is_refused_and_nothing_is_left() throws Exception {
    Path jar = jar("programs.txz", txz("../outside", 0644));
    assertThatThrownBy(() -> Unpacker.txz(jar, folder.resolve("programs")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outside");
    assertThat(folder.resolve("outside")).doesNotExist();
    assertThat(folder.resolve("programs")).doesNotExist();
  }

  @Test
  void an_executable_is_copied_once() throws Exception {
    Path jar = jar("server", "one".getBytes(StandardCharsets.UTF_8));
    Path target = folder.resolve("cache/server");
    Unpacker.executable(jar, "server", target);
    assertThat(target).isExecutable().hasContent("one");
    Files.writeString(target, "kept");
    Unpacker.executable(jar, "server", target);
    assertThat(target).hasContent("kept");
  }

  @Test
  void a_tree_is_deleted_without_following_links() throws Exception {
    Path precious = Files.writeString(folder.resolve("precious"), "x");
    Path tree = Files.createDirectories(folder.resolve("tree/below"));
    Files.createSymbolicLink(tree.resolve("link"), precious);
    Unpacker.deleteTree(folder.resolve("tree"));
    assertThat(folder.resolve("tree")).doesNotExist();
    assertThat(precious).exists();
  }

  private Path jar(String entry, byte[] content) throws IOException {
    Path jar = folder.resolve("programs.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    }
    return jar;
  }

  private static byte[] txz(String name, int mode) throws IOException {
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setMode(mode);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
