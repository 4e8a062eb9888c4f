package io.bluetick.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public keys of one issuer, ready to check with. */
final class Keyring {
  private static final Logger log = LoggerFactory.getLogger(Keyring.class);

  static final Keyring EMPTY = new Keyring(List.of());

  private record Key(JWK jwk, JWSVerifier verifier) {}

  private final List<Key> keys;

  private Keyring(List<Key> keys) {
    this.keys = keys;
  }

  /** Keys without an id, and such as nobody here can check with, are left out. */
  static Keyring of(JWKSet set) {
    return new Keyring(set.getKeys().stream().flatMap(jwk -> key(jwk).stream()).toList());
  }

  boolean holds(String kid) {
    return keys.stream().anyMatch(key -> kid.equals(key.jwk().getKeyID()));
  }

  /** Whether a key made this signature: of the id that the token names, and of its algorithm. */
  boolean signed(SignedJWT token) {
    JWSHeader header = token.getHeader();
    JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
    return Stream.ofNullable(matcher)
        .flatMap(wanted -> keys.stream().filter(key -> wanted.matches(key.jwk())))
        .anyMatch(key -> verifies(key.verifier(), token));
  }

  private static boolean verifies(JWSVerifier verifier, SignedJWT token) {
    try {
      return verifier.verify(token.getHeader(), token.getSigningInput(), token.getSignature());
    } catch (JOSEException unfit) {
      return false;
    }
  }

  private static Optional<Key> key(JWK jwk) {
    if (jwk.getKeyID() == null) {
      return Optional.empty();
    }
    try {
      return switch (jwk) {
        case RSAKey rsa -> Optional.of(new Key(jwk, new RSASSAVerifier(rsa)));
        case ECKey ec -> Optional.of(new Key(jwk, new ECDSAVerifier(ec)));
        case OctetKeyPair pair when pair.getCurve().equals(Curve.Ed25519) ->
            Optional.of(new Key(jwk, new EdDsaVerifier(pair.getDecodedX())));
        default -> Optional.empty();
      };
    } catch (JOSEException | IllegalArgumentException broken) {
      log.atWarn().addKeyValue("kid", jwk.getKeyID()).setCause(broken).log("jwks_key_unusable");
      return Optional.empty();
    }
  }
}
