package io.bluetick.session.secret;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id, for what people choose and others guess. Each computation takes megabytes and tens of
 * milliseconds, which is its purpose; so they wait for their turn, and not for long.
 *
 * <pre>{@code
 * try (SlowHash.Turn turn = slowHash.turn()) {
 *   return turn.matches(secret, kept);
 * }
 * }</pre>
 */
public final class SlowHash {
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int LANES = 1;

  private final SlowHashSettings settings;
  private final Argon2PasswordEncoder argon2;
  private final Semaphore turns;

  SlowHash(SlowHashSettings settings) {
    this.settings = settings;
    this.argon2 =
        new Argon2PasswordEncoder(
            SALT_BYTES, HASH_BYTES, LANES, settings.memoryKib(), settings.passes());
    this.turns = new Semaphore(settings.concurrent(), true);
  }

  /** The right to compute, until it is closed. */
  public final class Turn implements AutoCloseable {

    private Turn() {}

    /** In Argon2's own text form, with salt and costs. */
    public String hash(String secret) {
      return String.valueOf(argon2.encode(secret));
    }

    /** By the costs that the hash was made with. */
    public boolean matches(String secret, String hash) {
      return argon2.matches(secret, hash);
    }

    @Override
    public void close() {
      turns.release();
    }
  }

  /**
   * Throws {@code unavailable} if there are too many before. Whatever is counted comes after it.
   */
  public Turn turn() {
    try {
      if (turns.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        return new Turn();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new BluetickException(
        ErrorCode.UNAVAILABLE, "Too many at once; try again in a moment.", Duration.ofSeconds(1));
  }
}
