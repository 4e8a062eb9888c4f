package io.bluetick.testkit.service;

import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/** Stands in for signing keys: one token is valid, all others are not. */
@TestConfiguration(proxyBeanMethods = false)
public class TestTokens {

  public static final String VALID = "valid-test-token";

  /** For MVC. */
  @TestConfiguration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  static class Servlet {
    @Bean
    JwtDecoder testTokens() {
      return TestTokens::decode;
    }
  }

  /** For WebFlux. */
  @TestConfiguration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class Reactive {
    @Bean
    ReactiveJwtDecoder testTokens() {
      return token -> Mono.fromCallable(() -> decode(token));
    }
  }

  private static Jwt decode(String token) {
    if (!token.equals(VALID)) {
      throw new BadJwtException("not the test's token");
    }
    return Jwt.withTokenValue(token)
        .header("alg", "none")
        .subject("test")
        .expiresAt(Instant.MAX)
        .build();
  }
}
