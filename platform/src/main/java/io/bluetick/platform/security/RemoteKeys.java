package io.bluetick.platform.security;

import com.nimbusds.jose.jwk.JWKSet;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys that are fetched from a URL and kept.
 *
 * <p>They are fetched anew when they are old, while the present ones go on being used, and when a
 * token names a key that they lack; then its caller waits. However many ask, one fetch is under way
 * at a time and begins no sooner than {@link #PAUSE} after the one before, so that invented key ids
 * cost the issuer nothing. If it fails, the last keys stay: an issuer that is away locks nobody
 * out.
 */
final class RemoteKeys implements KeySource {
  private static final Logger log = LoggerFactory.getLogger(RemoteKeys.class);

  static final Duration FRESH = Duration.ofMinutes(5);
  static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(4);
  private static final long BODY_LIMIT_BYTES = 256 * 1024;

  private final URI url;
  private final Clock clock;
  private @Nullable HttpClient http;
  private volatile Known known = new Known(Keyring.EMPTY, Instant.MIN);
  private Instant nextFetch = Instant.MIN;
  private CompletableFuture<Keyring> fetch = CompletableFuture.completedFuture(Keyring.EMPTY);

  private record Known(Keyring keys, Instant staleAt) {}

  RemoteKeys(String url, Clock clock) {
    this.url = URI.create(url);
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Keyring> holding(String kid) {
    Known present = known;
    Instant now = clock.instant();
    boolean holds = present.keys().holds(kid);
    if (holds && now.isBefore(present.staleAt())) {
      return CompletableFuture.completedFuture(present.keys());
    }
    CompletableFuture<Keyring> newer = fetched(now);
    return holds ? CompletableFuture.completedFuture(present.keys()) : newer;
  }

  private synchronized CompletableFuture<Keyring> fetched(Instant now) {
    if (fetch.isDone() && !now.isBefore(nextFetch)) {
      nextFetch = now.plus(PAUSE);
      fetch =
          ask()
              .orTimeout(FETCH_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
              .thenApply(RemoteKeys::parse)
              .handle((keys, failure) -> keys == null ? kept(failure) : learnt(keys));
    }
    return fetch;
  }

  private CompletableFuture<HttpResponse<String>> ask() {
    HttpClient client = http;
    if (client == null) {
      client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
      http = client;
    }
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(FETCH_TIMEOUT)
            .header("Accept", "application/json")
            .build();
    return client.sendAsync(
        request, BodyHandlers.limiting(BodyHandlers.ofString(), BODY_LIMIT_BYTES));
  }

  private static Keyring parse(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new UncheckedIOException(new IOException("status " + answer.statusCode()));
    }
    try {
      return Keyring.of(JWKSet.parse(answer.body()));
    } catch (ParseException malformed) {
      throw new UncheckedIOException(new IOException("no JWK set", malformed));
    }
  }

  private Keyring learnt(Keyring keys) {
    known = new Known(keys, clock.instant().plus(FRESH));
    return keys;
  }

  private Keyring kept(Throwable failure) {
    log.atWarn().addKeyValue("url", url).setCause(failure).log("jwks_unreachable");
    Known present = known;
    if (present.staleAt().equals(Instant.MIN)) {
      throw new BluetickException(
          ErrorCode.UNAVAILABLE, "Tokens cannot be checked now; try again later.", PAUSE);
    }
    return present.keys();
  }
}
