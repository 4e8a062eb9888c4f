package io.bluetick.client.store;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How a passphrase becomes a key: Argon2id, its cost and a salt. It is kept in front of what the
 * key encrypts, so that the cost can grow without old files becoming unreadable.
 *
 * <pre>
 * MEMORY_KIB u32 | PASSES u32 | LANES u8 | SALT 16 bytes
 * </pre>
 *
 * @param salt fresh for each file that is written: the key encrypts one file, once
 */
record Stretching(Cost cost, ByteString salt) {
  static final int BYTES = 4 + 4 + 1 + 16;

  /** Not more than what a small device has to spare, whatever a file asks for. */
  static final int MAX_MEMORY_KIB = 64 * 1024;

  /** Passes over a megabyte; at most a dozen times what we ask for. */
  static final long MAX_KIB_PASSES = 512 * 1024;

  private static final int MAX_LANES = 4;
  private static final int MIN_KIB_OF_LANE = 8;
  private static final int SALT_BYTES = 16;

  /**
   * What one attempt costs.
   *
   * @param memoryKib held while it lasts
   * @param passes over that memory
   * @param lanes that could be computed side by side; we compute one after the other
   */
  record Cost(int memoryKib, int passes, int lanes) {

    /**
     * The least that OWASP recommends. It takes 100 to 130 ms where C1 has compiled it, half a
     * second at the start of a JVM: whoever guesses has faster machines, whoever waits has not.
     */
    static final Cost USUAL = new Cost(19 * 1024, 2, 1);

    /** A file says the cost before anybody knows who wrote it. */
    private boolean isBearable() {
      return lanes >= 1
          && lanes <= MAX_LANES
          && passes >= 1
          && memoryKib >= MIN_KIB_OF_LANE * lanes
          && memoryKib <= MAX_MEMORY_KIB
          && (long) memoryKib * passes <= MAX_KIB_PASSES;
    }
  }

  static Stretching fresh(Cost cost, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new Stretching(cost, ByteString.copyFrom(salt));
  }

  /** Reads {@link #BYTES} of them. Empty if the cost is out of all bounds. */
  static Optional<Stretching> readFrom(ByteBuffer in) {
    Cost cost = new Cost(in.getInt(), in.getInt(), Byte.toUnsignedInt(in.get()));
    ByteString salt = ByteString.copyFrom(in, SALT_BYTES);
    return cost.isBearable() ? Optional.of(new Stretching(cost, salt)) : Optional.empty();
  }

  void writeTo(ByteBuffer out) {
    out.putInt(cost.memoryKib()).putInt(cost.passes()).put((byte) cost.lanes());
    salt.copyTo(out);
  }

  /**
   * The key of a passphrase, whose array the caller wipes. The same letters give the same key
   * however a keyboard composes them; the copies that takes are left to the collector.
   */
  byte[] key(char[] passphrase) {
    char[] composed =
        Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFKC).toCharArray();
    Argon2BytesGenerator argon = new Argon2BytesGenerator();
    argon.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt.toByteArray())
            .build());
    byte[] key = new byte[Sealing.KEY_BYTES];
    argon.generateBytes(composed, key);
    Arrays.fill(composed, '\0');
    return key;
  }
}
