package io.bluetick.platform.security;

import java.util.Set;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** Decoders of tokens: by the configured keys, or, without any, of none at all. */
final class TokenDecoders {
  /** Asymmetric only: who can check a token must not be able to make one. */
  private static final Set<SignatureAlgorithm> ALGORITHMS =
      Set.of(SignatureAlgorithm.ES256, SignatureAlgorithm.RS256);

  private static final String NO_KEYS = "no signing keys are configured (BLUETICK_JWKS is empty)";

  private TokenDecoders() {}

  static JwtDecoder blocking(SecuritySettings settings) {
    if (!settings.hasKeys()) {
      return _ -> {
        throw new BadJwtException(NO_KEYS);
      };
    }
    return NimbusJwtDecoder.withJwkSetUri(settings.jwks())
        .jwsAlgorithms(known -> known.addAll(ALGORITHMS))
        .build();
  }

  /** Apart from the blocking ones because a servlet service has no Reactor to load it with. */
  static final class Reactive {
    private Reactive() {}

    static ReactiveJwtDecoder of(SecuritySettings settings) {
      if (!settings.hasKeys()) {
        return _ -> Mono.error(new BadJwtException(NO_KEYS));
      }
      return NimbusReactiveJwtDecoder.withJwkSetUri(settings.jwks())
          .jwsAlgorithms(known -> known.addAll(ALGORITHMS))
          .build();
    }
  }
}
