package io.bluetick.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.client.store.SealedFile.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFileTest {
  private static final ByteString KEY = ByteString.copyFrom(new byte[SealedFile.KEY_BYTES]);

  @TempDir private Path folder;

  private Path file(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Files.write(folder.resolve("plain-" + length), bytes);
  }

  private Path sealed() {
    return folder.resolve("sealed");
  }

  private Path opened() {
    return folder.resolve("opened");
  }

  private boolean open(Made made, long length) {
    return SealedFile.open(sealed(), KEY, length, made.sha256(), opened());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 65_535, 65_536, 65_537, 200_000, 1_000_000})
  void what_is_sealed_opens_as_it_was(int length) throws IOException {
    Path plain = file(length);
    Made made = SealedFile.seal(plain, sealed(), KEY);
    assertThat(made.bytes())
        .isEqualTo(Files.size(sealed()))
        .isEqualTo(SealedFile.sealedBytes(length));
    assertThat(open(made, length)).isTrue();
    assertThat(Files.mismatch(plain, opened())).isEqualTo(-1);
  }

  @Test
  void lengths_that_are_close_look_alike() {
    assertThat(SealedFile.sealedBytes(0)).isEqualTo(SealedFile.sealedBytes(512));
    assertThat(SealedFile.sealedBytes(1_000_000)).isEqualTo(SealedFile.sealedBytes(1_010_000));
    assertThat(SealedFile.sealedBytes(2_000_000_000)).isBetween(2_000_000_000L, 2_147_483_648L);
    for (long length = 513; length < 1L << 31; length = length * 3 / 2) {
      assertThat(SealedFile.sealedBytes(length)).isBetween(length, length + length / 8 + 16);
    }
  }

  @Test
  void what_was_altered_cut_off_or_added_to_does_not_open() throws IOException {
    Made made = SealedFile.seal(file(100_000), sealed(), KEY);
    byte[] whole = Files.readAllBytes(sealed());
    for (int at : new int[] {0, 70_000, whole.length - 1}) {
      byte[] altered = whole.clone();
      altered[at] ^= 1;
      Files.write(sealed(), altered);
      assertThat(open(made, 100_000)).isFalse();
      assertThat(opened()).doesNotExist();
    }
    for (int length : new int[] {0, 15, 65_552, whole.length - 1, whole.length + 1}) {
      Files.write(sealed(), Arrays.copyOf(whole, length));
      assertThat(open(made, 100_000)).isFalse();
      assertThat(opened()).doesNotExist();
    }
  }

  @Test
  void another_key_length_or_digest_does_not_open_it() throws IOException {
    Made made = SealedFile.seal(file(1_000), sealed(), KEY);
    assertThat(open(made, 999)).isFalse();
    assertThat(open(made, 100_000)).isFalse();
    Made other = new Made(1_000, made.bytes(), ByteString.copyFrom(new byte[32]));
    assertThat(open(other, 1_000)).isFalse();
    ByteString key =
        ByteString.copyFrom(new byte[32]).substring(1).concat(made.sha256().substring(0, 1));
    assertThat(SealedFile.open(sealed(), key, 1_000, made.sha256(), opened())).isFalse();
    assertThat(open(made, 1_000)).isTrue();
  }
}
