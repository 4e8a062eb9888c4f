package io.bluetick.platform.security;

import com.nimbusds.jose.jwk.JWKSet;

/**
 * The public keys of our own issuer. A bean of it stands in for {@code bluetick.security.jwks}: the
 * service that makes the keys need not ask itself for them.
 */
@FunctionalInterface
public interface OwnKeys {

  /** Those that count now. Asked for every token, so it must not wait for anything. */
  JWKSet current();
}
