package io.bluetick.platform.security;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Somebody whose tokens count.
 *
 * @param name as its tokens say in {@code iss}
 * @param algorithms asymmetric ones only: who can check a token must not be able to make one
 * @param validator of the claims, when the signature has been found good
 */
record TrustedIssuer(
    String name,
    KeySource keys,
    Set<JWSAlgorithm> algorithms,
    OAuth2TokenValidator<Jwt> validator) {

  private static final Set<JOSEObjectType> TYPES =
      Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));
  private static final MappedJwtClaimSetConverter CLAIMS =
      MappedJwtClaimSetConverter.withDefaults(Map.of());

  /** Fails with {@link BadJwtException} if the token does not count. Never waits for keys. */
  CompletableFuture<Jwt> read(SignedJWT token) {
    JWSHeader header = token.getHeader();
    if (!algorithms.contains(header.getAlgorithm())) {
      throw new BadJwtException("this algorithm is not accepted of this issuer");
    }
    if (header.getType() != null && !TYPES.contains(header.getType())) {
      throw new BadJwtException("not a token of access");
    }
    String kid = header.getKeyID();
    if (kid == null) {
      throw new BadJwtException("the token does not say which key signed it");
    }
    return keys.holding(kid).thenApply(known -> checked(token, known));
  }

  private Jwt checked(SignedJWT token, Keyring known) {
    if (!known.signed(token)) {
      throw new BadJwtException("no known key made this signature");
    }
    Jwt jwt = converted(token);
    OAuth2TokenValidatorResult result = validator.validate(jwt);
    if (result.hasErrors()) {
      throw new JwtValidationException("a claim is not as it must be", result.getErrors());
    }
    return jwt;
  }

  private static Jwt converted(SignedJWT token) {
    try {
      Map<String, Object> claims = CLAIMS.convert(token.getJWTClaimsSet().getClaims());
      return new Jwt(
          token.serialize(),
          (Instant) claims.get("iat"),
          (Instant) claims.get("exp"),
          token.getHeader().toJSONObject(),
          claims);
    } catch (ParseException | RuntimeException malformed) {
      throw new BadJwtException("a claim is malformed", malformed);
    }
  }
}
