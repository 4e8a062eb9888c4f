package io.bluetick.session.secret;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2 hashes of what people can remember. Each takes 16 MB and some 50 ms, so one is made at a
 * time: whoever asks for many at once fills neither the memory nor all processors.
 */
@Component
public class Passwords {
  private static final Duration WAIT_LIMIT = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Argon2PasswordEncoder argon2 =
      Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
  private final Semaphore turn = new Semaphore(1, true);

  public String hash(String password) {
    return inTurn(() -> argon2.encode(password));
  }

  /** False as well if there is no such hash; that takes no time. */
  public boolean matches(String password, String hash) {
    return inTurn(() -> argon2.matches(password, hash));
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turn.tryAcquire(WAIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return work.get();
    } finally {
      turn.release();
    }
  }

  private static BluetickException busy() {
    return new BluetickException(
        ErrorCode.UNAVAILABLE,
        "Too many passwords are being checked; try again later.",
        RETRY_AFTER);
  }
}
