package io.bluetick.platform.security;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.concurrent.CompletableFuture;

/** Keys that this very process knows. */
final class LocalKeys implements KeySource {
  private final OwnKeys own;
  private volatile Known known = new Known(new JWKSet(), Keyring.EMPTY);

  private record Known(JWKSet set, Keyring keyring) {}

  LocalKeys(OwnKeys own) {
    this.own = own;
  }

  @Override
  public CompletableFuture<Keyring> holding(String kid) {
    JWKSet current = own.current();
    Known last = known;
    if (!last.set().equals(current)) {
      last = new Known(current, Keyring.of(current));
      known = last;
    }
    return CompletableFuture.completedFuture(last.keyring());
  }
}
