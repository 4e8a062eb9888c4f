package io.bluetick.platform.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads tokens of the issuers that are trusted: our own, and an OpenID provider for those who
 * operate the server. A token says which of them it is from; the keys and rules of that one decide.
 */
final class TokenDecoders {
  static final String OWN_ISSUER = "bluetick";

  /** By which clocks may differ. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  private final List<TrustedIssuer> issuers;

  private TokenDecoders(List<TrustedIssuer> issuers) {
    this.issuers = issuers;
  }

  static TokenDecoders of(SecuritySettings settings, @Nullable OwnKeys ownKeys, Clock clock) {
    List<TrustedIssuer> issuers = new ArrayList<>();
    if (ownKeys != null) {
      issuers.add(own(new LocalKeys(ownKeys), clock));
    } else if (settings.hasKeys()) {
      issuers.add(own(new RemoteKeys(settings.jwks(), clock), clock));
    }
    if (settings.oidc().isSet()) {
      issuers.add(foreign(settings.oidc(), clock));
    }
    return new TokenDecoders(List.copyOf(issuers));
  }

  JwtDecoder blocking() {
    return token -> {
      try {
        return read(token).join();
      } catch (CompletionException failed) {
        throw failed.getCause() instanceof RuntimeException known ? known : failed;
      }
    };
  }

  /** Apart from the blocking one because a servlet service has no Reactor to load it with. */
  static final class Reactive {
    private Reactive() {}

    /** Off the event loops: a signature takes 0.1 ms, in which all their sockets would stand. */
    static ReactiveJwtDecoder of(TokenDecoders decoders) {
      return token ->
          Mono.defer(() -> Mono.fromFuture(decoders.read(token), true))
              .subscribeOn(Schedulers.parallel());
    }
  }

  private CompletableFuture<Jwt> read(String token) {
    SignedJWT signed;
    String name;
    try {
      if (!(JWTParser.parse(token) instanceof SignedJWT parsed)) {
        throw new BadJwtException("the token is not signed");
      }
      signed = parsed;
      name = signed.getJWTClaimsSet().getIssuer();
    } catch (ParseException malformed) {
      throw new BadJwtException("the token is malformed", malformed);
    }
    return issuers.stream()
        .filter(issuer -> issuer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new BadJwtException("tokens of this issuer do not count here"))
        .read(signed);
  }

  private static TrustedIssuer own(KeySource keys, Clock clock) {
    return new TrustedIssuer(
        OWN_ISSUER, keys, Set.of(JWSAlgorithm.EdDSA), claims(clock, List.of()));
  }

  /** Whoever has no role here is nobody here, however many a provider knows. */
  private static TrustedIssuer foreign(SecuritySettings.Oidc oidc, Clock clock) {
    return new TrustedIssuer(
        oidc.issuer(),
        new RemoteKeys(oidc.jwks(), clock),
        Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA),
        claims(
            clock,
            List.of(
                new JwtAudienceValidator(oidc.audience()),
                token -> withRole(token, oidc.rolesClaim()))));
  }

  private static OAuth2TokenValidatorResult withRole(Jwt token, String claim) {
    return Roles.known(token.getClaims(), claim).isEmpty()
        ? OAuth2TokenValidatorResult.failure(
            new OAuth2Error("invalid_token", "none of its roles means anything here", null))
        : OAuth2TokenValidatorResult.success();
  }

  private static OAuth2TokenValidator<Jwt> claims(
      Clock clock, List<OAuth2TokenValidator<Jwt>> special) {
    JwtTimestampValidator times = new JwtTimestampValidator(SKEW);
    times.setClock(clock);
    times.setAllowEmptyExpiryClaim(false);
    List<OAuth2TokenValidator<Jwt>> all = new ArrayList<>(special);
    all.add(times);
    all.add(new JwtClaimValidator<String>("sub", Objects::nonNull));
    return new DelegatingOAuth2TokenValidator<>(all);
  }
}
