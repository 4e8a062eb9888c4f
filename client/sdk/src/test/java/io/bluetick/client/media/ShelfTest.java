package io.bluetick.client.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.content.MediaKind;
import io.bluetick.client.store.ProfileFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShelfTest {
  @TempDir private Path folder;

  private ProfileFolder profile;
  private Shelf shelf;

  @BeforeEach
  void open() {
    profile = ProfileFolder.open(folder.resolve("profile"));
    shelf = new Shelf(profile);
  }

  @AfterEach
  void close() {
    profile.close();
  }

  private Path draft(String text) throws IOException {
    return Files.writeString(shelf.draft("draft"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "photo.jpg,photo.jpg",
    "../../../etc/passwd,_._.._.._etc_passwd",
    "a/b\\c.txt,a_b_c.txt",
    ".bashrc,_bashrc",
    "'  ',file",
    "'a\u202Egpj.exe',a_gpj.exe",
    "'what?*<>|\".png','what______.png'"
  })
  void a_name_leads_nowhere_else(String name, String safe) {
    assertThat(Shelf.safe(name)).isEqualTo(safe);
  }

  @Test
  void a_long_name_keeps_its_end() {
    assertThat(Shelf.safe("x".repeat(500) + ".jpeg")).hasSize(180).endsWith("x.jpeg");
    String emoji = Shelf.safe("😀".repeat(100) + ".jpeg");
    assertThat(emoji.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(176, 180);
    assertThat(emoji).startsWith("😀").endsWith("😀.jpeg");
  }

  @Test
  void nothing_takes_the_place_of_another_file() throws IOException {
    Path first = shelf.receive(draft("1"), MediaKind.IMAGE, "cat.jpg", false);
    Path second = shelf.receive(draft("2"), MediaKind.IMAGE, "cat.jpg", false);
    assertThat(first).hasContent("1").endsWithRaw(Path.of("Media", "Images", "cat.jpg"));
    assertThat(second).hasContent("2").endsWithRaw(Path.of("Media", "Images", "cat (2).jpg"));
    assertThat(shelf.absolute(shelf.relative(second))).isEqualTo(second);
  }

  @Test
  void what_was_sent_is_kept_beside_what_came() throws IOException {
    Path original = Files.writeString(folder.resolve("talk.ogg"), "la la");
    Path kept = shelf.keep(original, MediaKind.VOICE_NOTE);
    assertThat(kept)
        .hasContent("la la")
        .endsWithRaw(Path.of("Media", "Voice Notes", "Sent", "talk.ogg"));
    assertThat(original).exists();
  }

  @Test
  void what_an_earlier_process_left_is_found() throws IOException {
    Path once = shelf.receive(draft("1"), MediaKind.IMAGE, "once.jpg", true);
    Path left = draft("2");
    shelf.receive(Files.writeString(shelf.draft("x"), "3"), MediaKind.IMAGE, "kept.jpg", false);
    assertThat(shelf.left()).containsExactlyInAnyOrder(once, left);
  }
}
