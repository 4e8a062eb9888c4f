package io.bluetick.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {
  private static final int PLAIN = SealedOutput.PIECE_BYTES;
  private static final int PIECE = PLAIN + Sealing.TAG_BYTES;
  private static final byte[] KEY = new byte[Sealing.KEY_BYTES];
  private static final byte[] HEAD = {1, 2, 3};

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PLAIN - 1, PLAIN, PLAIN + 1, 3 * PLAIN, 3 * PLAIN + 7})
  void any_length_comes_back(int length) throws IOException {
    byte[] plain = random(length);
    byte[] sealed = seal(plain);
    assertThat(open(sealed, HEAD)).isEqualTo(plain);
    assertThat(sealed.length)
        .isEqualTo(length + Sealing.TAG_BYTES * Math.max(1, (length + PLAIN - 1) / PLAIN));
  }

  @Test
  void nothing_is_cut_off_unnoticed() throws IOException {
    byte[] sealed = seal(random(3 * PLAIN));
    for (int length : new int[] {0, 5, PIECE, 2 * PIECE, 2 * PIECE + 16, 3 * PIECE - 1}) {
      refused(Arrays.copyOf(sealed, length));
    }
    refused(Arrays.copyOf(sealed, sealed.length + 1));
  }

  @Test
  void no_piece_is_moved_repeated_or_left_out_unnoticed() throws IOException {
    byte[] sealed = seal(random(4 * PLAIN));
    refused(pieces(sealed, 1, 0, 2, 3));
    refused(pieces(sealed, 0, 0, 2, 3));
    refused(pieces(sealed, 0, 2, 3));
    refused(pieces(sealed, 0, 1, 2, 2, 3));
    refused(pieces(sealed, 0, 1, 3, 2));
    assertThat(open(pieces(sealed, 0, 1, 2, 3), HEAD)).hasSize(4 * PLAIN);
  }

  @Test
  void pieces_belong_to_their_head() throws IOException {
    byte[] sealed = seal(random(10));
    assertThatExceptionOfType(DamagedBackupException.class)
        .isThrownBy(() -> open(sealed, new byte[] {1, 2, 4}));
  }

  private static void refused(byte[] sealed) {
    assertThatExceptionOfType(DamagedBackupException.class).isThrownBy(() -> open(sealed, HEAD));
  }

  private static byte[] seal(byte[] plain) throws IOException {
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    SealedOutput out = new SealedOutput(sealed, new Sealing(KEY, HEAD));
    int half = plain.length / 2;
    out.write(plain, 0, half);
    out.write(plain, half, plain.length - half);
    out.finish();
    return sealed.toByteArray();
  }

  private static byte[] open(byte[] sealed, byte[] head) throws IOException {
    return new SealedInput(new ByteArrayInputStream(sealed), new Sealing(KEY, head)).readAllBytes();
  }

  private static byte[] pieces(byte[] sealed, int... order) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (int piece : order) {
      joined.write(sealed, piece * PIECE, PIECE);
    }
    return joined.toByteArray();
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(4711).nextBytes(bytes);
    return bytes;
  }
}
