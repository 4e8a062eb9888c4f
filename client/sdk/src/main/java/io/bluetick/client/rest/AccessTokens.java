package io.bluetick.client.rest;

import io.bluetick.client.rest.TokenApi.Tokens;
import io.bluetick.client.rest.UnreachableException.Reason;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Gives the access token that counts. Thread-safe; one for a device, since one device refreshes one
 * at a time.
 *
 * <p><b>One renewal, many waiters.</b> Whoever finds no token that lasts starts a renewal on a
 * thread of its own, or waits for the one under way, and shares what becomes of it. So a caller who
 * is interrupted stops waiting and does not end the renewal of the others.
 *
 * <p><b>Lost answers.</b> The next refresh token is saved before the access token is given out.
 * Until it is saved, the one before is shown again, which the server takes until the next was used.
 *
 * <p><b>The end.</b> A refresh token that the server refused for good is not shown again: each call
 * fails until {@link #recover} brings new ones, or the store has another.
 */
public final class AccessTokens {
  private static final Duration RENEWED_BEFORE = Duration.ofMinutes(1);
  private static final int UNAUTHORIZED = 401;
  private static final Current NONE = new Current("", Instant.MIN);

  private final TokenApi api;
  private final RefreshTokenStore store;
  private final Clock clock;
  private final Backoff backoff;
  private final Pause pause;
  private final SecureRandom random = new SecureRandom();

  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Current current;
  private @Nullable CompletableFuture<Current> renewal;

  /** Written and read by renewals alone, of which there is one at a time. */
  private volatile @Nullable Ended ended;

  /** How a wait is spent. */
  interface Pause {
    void of(Duration wait) throws InterruptedException;
  }

  private record Current(String token, Instant renewAt) {
    @Override
    public String toString() {
      return "Current[" + renewAt + "]";
    }
  }

  private record Ended(String refreshToken, RefusedException refusal) {
    @Override
    public String toString() {
      return "Ended";
    }
  }

  /**
   * Takes the time from a clock.
   *
   * @param clock within five minutes of the server's, or nothing can be recovered
   */
  public AccessTokens(TokenApi api, RefreshTokenStore store, Clock clock) {
    this(api, store, clock, Backoff.DEFAULT, Thread::sleep);
  }

  AccessTokens(TokenApi api, RefreshTokenStore store, Clock clock, Backoff backoff, Pause pause) {
    this.api = api;
    this.store = store;
    this.clock = clock;
    this.backoff = backoff;
    this.pause = pause;
  }

  /**
   * A token that lasts for a while, renewed if need be. Throws {@link TokensEndedException} if the
   * device must recover.
   */
  public String get() {
    CompletableFuture<Current> pending;
    lock.lock();
    try {
      Current present = current;
      if (present != null && clock.instant().isBefore(present.renewAt())) {
        return present.token();
      }
      pending = renewal != null ? renewal : start(this::refreshed);
    } finally {
      lock.unlock();
    }
    return await("refreshTokens", pending).token();
  }

  /** Calls with a token, and once more with a fresh one if it is refused for the token (401). */
  public <T> T with(Function<String, T> call) {
    String token = get();
    try {
      return call.apply(token);
    } catch (RefusedException refused) {
      if (refused.status() != UNAUTHORIZED) {
        throw refused;
      }
    }
    drop(token);
    return call.apply(get());
  }

  /**
   * Brings new tokens by the device's identity key; all before them end. Fails with {@code
   * bad-signature} if this device is none of its account any more.
   *
   * @param sign makes a signature (XEdDSA) of the device's identity key; called for each attempt
   */
  public void recover(DeviceAddress device, UnaryOperator<byte[]> sign) {
    while (true) {
      CompletableFuture<Current> mine = null;
      CompletableFuture<Current> others;
      lock.lock();
      try {
        others = renewal;
        if (others == null) {
          mine = start(() -> recovered(device, sign));
        }
      } finally {
        lock.unlock();
      }
      if (mine != null) {
        await("recoverTokens", mine);
        return;
      }
      if (others != null) {
        await("recoverTokens", others.exceptionally(_ -> NONE)); // Whatever becomes of it.
      }
    }
  }

  private void drop(String token) {
    lock.lock();
    try {
      if (current != null && current.token().equals(token)) {
        current = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Under the lock. */
  private CompletableFuture<Current> start(Supplier<Current> work) {
    CompletableFuture<Current> started = new CompletableFuture<>();
    renewal = started;
    Thread.ofVirtual().name("bluetick-tokens").start(() -> run(work, started));
    return started;
  }

  private void run(Supplier<Current> work, CompletableFuture<Current> started) {
    try {
      Current next = work.get();
      settle(next);
      started.complete(next);
    } catch (Throwable e) { // Whatever it is, those who wait must hear of it.
      settle(null);
      started.completeExceptionally(e);
    }
  }

  private void settle(@Nullable Current next) {
    lock.lock();
    try {
      current = next;
      renewal = null;
    } finally {
      lock.unlock();
    }
  }

  private Current refreshed() {
    String shown = store.load();
    Ended before = ended;
    if (before != null && before.refreshToken().equals(shown)) {
      throw new TokensEndedException(before.refusal());
    }
    Instant asked = clock.instant();
    try {
      return kept(asked, patiently(() -> api.refresh(shown)));
    } catch (RefusedException refused) {
      if (!isEnd(refused)) {
        throw refused;
      }
      ended = new Ended(shown, refused);
      throw new TokensEndedException(refused);
    }
  }

  private Current recovered(DeviceAddress device, UnaryOperator<byte[]> sign) {
    Instant asked = clock.instant();
    return kept(asked, patiently(() -> api.recover(device, clock.instant(), sign)));
  }

  private static boolean isEnd(RefusedException refused) {
    return refused.is(ErrorCode.TOKEN_REUSED)
        || refused.is(ErrorCode.EXPIRED)
        || refused.is(ErrorCode.UNAUTHENTICATED);
  }

  /** Saved first: an access token that is used up while its successor is lost ends the device. */
  private Current kept(Instant asked, Tokens tokens) {
    store.save(tokens.refreshToken());
    ended = null;
    Duration lifetime = Duration.ofSeconds(tokens.accessExpiresInS());
    Duration half = lifetime.dividedBy(2);
    Duration early = RENEWED_BEFORE.compareTo(half) < 0 ? RENEWED_BEFORE : half;
    return new Current(tokens.accessToken(), asked.plus(lifetime).minus(early));
  }

  private Tokens patiently(Supplier<Tokens> call) {
    for (int failed = 1; ; failed++) {
      try {
        return call.get();
      } catch (ApiException e) {
        Optional<Duration> wait = backoff.after(failed, e, random);
        if (wait.isEmpty()) {
          throw e;
        }
        pause(e, wait.get());
      }
    }
  }

  private void pause(ApiException failure, Duration wait) {
    try {
      pause.of(wait);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  private static Current await(String operation, CompletableFuture<Current> pending) {
    try {
      return pending.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(operation, Reason.INTERRUPTED, null);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException("a renewal failed", e);
      }
    }
  }
}
