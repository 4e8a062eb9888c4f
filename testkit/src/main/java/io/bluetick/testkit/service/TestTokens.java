package io.bluetick.testkit.service;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Stands beside signing keys: tokens that say in clear what they are, and count only in tests. All
 * others are for the service itself to judge.
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
    static BeanPostProcessor testTokens() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof JwtDecoder real ? around(real) : bean;
        }
      };
    }

    private static JwtDecoder around(JwtDecoder real) {
      return token -> read(token).orElseGet(() -> real.decode(token));
    }
  }

  /** For WebFlux. */
  @TestConfiguration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
  static class Reactive {
    @Bean
    static BeanPostProcessor testTokens() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof ReactiveJwtDecoder real ? around(real) : bean;
        }
      };
    }

    private static ReactiveJwtDecoder around(ReactiveJwtDecoder real) {
      return token ->
          Mono.fromSupplier(() -> read(token))
              .flatMap(known -> known.map(Mono::just).orElseGet(() -> real.decode(token)));
    }
  }

  /** Empty for a token that is none of ours. */
  private static Optional<Jwt> read(String token) {
    Jwt.Builder jwt =
        Jwt.withTokenValue(token)
            .header("alg", "none")
            .claim("iss", "bluetick")
            .expiresAt(Instant.MAX);
    List<String> parts = List.of(token.split("\\.", -1));
    if (token.equals(VALID)) {
      return Optional.of(jwt.subject("test").build());
    }
    if (parts.size() == 4 && parts.getFirst().equals(DEVICE)) {
      return Optional.of(
          jwt.subject(parts.get(1))
              .claim("dev", Long.valueOf(parts.get(2)))
              .claim("reg", Long.valueOf(parts.get(3)))
              .build());
    }
    if (parts.size() == 2 && parts.getFirst().equals(ROLE)) {
      String role = parts.get(1);
      return Optional.of(jwt.subject("test-" + role).claim("roles", List.of(role)).build());
    }
    return Optional.empty();
  }
}
