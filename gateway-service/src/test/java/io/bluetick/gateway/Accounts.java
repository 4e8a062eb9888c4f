package io.bluetick.gateway;

import java.time.Instant;
import java.util.List;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;

/**
 * Stands in for signing keys: "token-of-NAME" is the token of the account NAME. Who is called
 * {@link #ADMIN} operates the server.
 */
@TestConfiguration(proxyBeanMethods = false)
public class Accounts {
  public static final String ADMIN = "admin";

  private static final String PREFIX = "token-of-";

  public static String tokenOf(String account) {
    return PREFIX + account;
  }

  @Bean
  ReactiveJwtDecoder accounts() {
    return token -> Mono.fromCallable(() -> decode(token));
  }

  private static Jwt decode(String token) {
    if (!token.startsWith(PREFIX)) {
      throw new BadJwtException("not the token of an account");
    }
    String name = token.substring(PREFIX.length());
    return Jwt.withTokenValue(token)
        .header("alg", "none")
        .claim("iss", "bluetick")
        .claim("roles", name.equals(ADMIN) ? List.of("admin") : List.of())
        .subject(name)
        .expiresAt(Instant.MAX)
        .build();
  }
}
