package io.bluetick.client.store;

import static io.bluetick.client.store.Fixture.CHEAP;
import static io.bluetick.client.store.Fixture.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bluetick.client.store.StoreException.Kind;
import io.bluetick.client.store.Stretching.Cost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultTest {
  private static final int COST_AT = 8;

  @TempDir Path folder;
  private Path file;
  private Vault vault;

  @BeforeEach
  void vault() {
    file = folder.resolve("vault.key");
    vault = new Vault(file, CHEAP);
  }

  @Test
  void the_passphrase_opens_it() {
    DatabaseKey key = vault.create(chars("correct horse"));
    assertThat(vault.open(chars("correct horse")).orElseThrow().bytes()).isEqualTo(key.bytes());
  }

  @Test
  void another_passphrase_does_not() {
    vault.create(chars("correct horse"));
    assertThat(vault.open(chars("correct hors"))).isEmpty();
    assertThat(vault.open(chars(""))).isEmpty();
  }

  @Test
  void a_passphrase_is_the_same_however_its_letters_are_composed() {
    vault.create(chars("caf\u00e9"));
    assertThat(vault.open(chars("cafe\u0301"))).isPresent();
  }

  @Test
  void a_new_passphrase_opens_the_same_key_and_the_old_one_nothing() {
    DatabaseKey key = vault.create(chars("old"));
    assertThat(vault.change(chars("old"), chars("new"))).isTrue();
    assertThat(vault.open(chars("new")).orElseThrow().bytes()).isEqualTo(key.bytes());
    assertThat(vault.open(chars("old"))).isEmpty();
  }

  @Test
  void who_does_not_know_the_passphrase_changes_nothing() throws IOException {
    vault.create(chars("old"));
    byte[] before = Files.readAllBytes(file);
    assertThat(vault.change(chars("wrong"), chars("new"))).isFalse();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void no_bit_can_be_altered() throws IOException {
    vault.create(chars("old"));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] altered = whole.clone();
      altered[at] ^= 1;
      Files.write(file, altered);
      assertThat(opens()).as("byte %d altered", at).isFalse();
    }
    Files.write(file, whole);
    assertThat(opens()).isTrue();
  }

  @Test
  void a_part_of_it_is_no_vault() throws IOException {
    vault.create(chars("old"));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length <= whole.length + 1; length++) {
      if (length != whole.length) {
        Files.write(
            file,
            ByteBuffer.allocate(length).put(whole, 0, Math.min(length, whole.length)).array());
        fails(Kind.CORRUPT, () -> vault.open(chars("old")));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "65537, 1, 1",
    "2147483647, 1, 1",
    "-1, 1, 1",
    "65536, 9, 1",
    "8, 2147483647, 1",
    "19456, 0, 1",
    "19456, 2, 0",
    "19456, 2, 5",
    "7, 1, 1",
  })
  void a_hostile_file_costs_nothing(int memoryKib, int passes, int lanes) throws IOException {
    vault.create(chars("old"));
    byte[] hostile = Files.readAllBytes(file);
    ByteBuffer.wrap(hostile).position(COST_AT).putInt(memoryKib).putInt(passes).put((byte) lanes);
    Files.write(file, hostile);
    fails(Kind.CORRUPT, () -> vault.open(chars("old")));
  }

  @ParameterizedTest
  @CsvSource({"2", "255"})
  void a_newer_one_is_told_from_a_broken_one(int version) throws IOException {
    vault.create(chars("old"));
    byte[] newer = Files.readAllBytes(file);
    newer[COST_AT - 1] = (byte) version;
    Files.write(file, newer);
    fails(Kind.NEWER, () -> vault.open(chars("old")));
  }

  @Test
  void a_vault_is_never_created_over_another() {
    vault.create(chars("old"));
    assertThatIllegalStateException().isThrownBy(() -> vault.create(chars("new")));
    assertThat(opens()).isTrue();
  }

  @Test
  void what_a_crash_left_half_written_is_in_nobodys_way() throws IOException {
    vault.create(chars("old"));
    Files.write(folder.resolve("vault.draft"), new byte[] {1, 2, 3});
    assertThat(opens()).isTrue();
    assertThat(vault.change(chars("old"), chars("new"))).isTrue();
    assertThat(folder.resolve("vault.draft")).doesNotExist();
  }

  @Test
  void a_failed_change_leaves_the_old_vault() throws IOException {
    vault.create(chars("old"));
    Files.createDirectories(folder.resolve("vault.draft").resolve("in the way"));
    fails(Kind.OTHER, () -> vault.change(chars("old"), chars("new")));
    assertThat(opens()).isTrue();
  }

  @Test
  void a_write_that_breaks_off_leaves_the_old_file_and_no_draft() throws IOException {
    vault.create(chars("old"));
    Path draft = folder.resolve("a draft");
    try {
      OwnerOnly.replace(
          file,
          draft,
          out -> {
            out.write(ByteBuffer.wrap(new byte[] {1}));
            throw new IOException("the disk is gone");
          });
    } catch (IOException e) {
      assertThat(e).hasMessage("the disk is gone");
    }
    assertThat(opens()).isTrue();
    assertThat(draft).doesNotExist();
  }

  @Test
  void the_key_is_not_in_the_file_and_only_the_owner_reads_it() throws IOException {
    DatabaseKey key = vault.create(chars("old"));
    String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    assertThat(bytes).doesNotContain(new String(key.bytes(), StandardCharsets.ISO_8859_1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void what_people_get_costs_at_least_what_owasp_asks_for() throws IOException {
    assertThat(Cost.USUAL).isEqualTo(new Cost(19_456, 2, 1));
    Vault usual = new Vault(folder.resolve("usual.key"));
    usual.create(chars("old"));
    ByteBuffer stored = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("usual.key")));
    assertThat(stored.getInt(COST_AT)).isEqualTo(19_456);
    assertThat(usual.open(chars("old"))).isPresent();
  }

  private boolean opens() {
    try {
      return vault.open(chars("old")).isPresent();
    } catch (StoreException _) {
      return false;
    }
  }

  private static char[] chars(String text) {
    return text.toCharArray();
  }
}
