package io.bluetick.testkit.service;

import java.time.Instant;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Stands in for signing keys: tokens that say in clear what they are, and count only in tests. All
 * others do not count.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TestTokens {

  /** Of nobody in particular: neither a device nor a role. */
  public static final String VALID = "valid-test-token";

  private static final String DEVICE = "test-device";
  private static final String ROLE = "test-role";

  /** The token of a device, as session-service makes them. */
  public static String device(String accountHex, int number, int registration) {
    return String.join(
        ".", DEVICE, accountHex, Integer.toString(number), Integer.toString(registration));
  }

  /** The token of somebody who operates the server: {@code admin} or {@code support}. */
  public static String role(String role) {
    return ROLE + "." + role;
  }

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
    Jwt.Builder jwt =
        Jwt.withTokenValue(token)
            .header("alg", "none")
            .claim("iss", "bluetick")
            .expiresAt(Instant.MAX);
    List<String> parts = List.of(token.split("\\.", -1));
    if (token.equals(VALID)) {
      return jwt.subject("test").build();
    }
    if (parts.size() == 4 && parts.getFirst().equals(DEVICE)) {
      return jwt.subject(parts.get(1))
          .claim("dev", Long.valueOf(parts.get(2)))
          .claim("reg", Long.valueOf(parts.get(3)))
          .build();
    }
    if (parts.size() == 2 && parts.getFirst().equals(ROLE)) {
      return jwt.subject("test-" + parts.get(1)).claim("roles", List.of(parts.get(1))).build();
    }
    throw new BadJwtException("not one of the test's tokens");
  }
}
