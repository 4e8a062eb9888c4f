package io.bluetick.session;

import io.bluetick.protocol.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;

/**
 * Tokens that say in clear what they are, their roles, and the paths that are open without one:
 * stands in for the platform's until it knows of them.
 */
@TestConfiguration(proxyBeanMethods = false)
public class TokensForTests {
  private static final String VALID = "valid-test-token";
  private static final String DEVICE = "test-device";
  private static final String ROLE = "test-role";

  public static String device(AccountId account, int number, int registration) {
    return "%s.%s.%d.%d".formatted(DEVICE, account, number, registration);
  }

  public static String role(String role) {
    return ROLE + "." + role;
  }

  @Bean
  @Primary
  JwtDecoder decoderForTests() {
    return TokensForTests::decode;
  }

  @Bean
  JwtAuthenticationConverter rolesForTests() {
    JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(token ->
        token.getClaim("roles") instanceof String role
            ? List.of(new SimpleGrantedAuthority("ROLE_" + role.toUpperCase(Locale.ROOT)))
            : List.of());
    return converter;
  }

  @Bean
  @Order(0)
  SecurityFilterChain openForTests(HttpSecurity http) {
    PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
    return http.securityMatcher(
            new OrRequestMatcher(
                paths.matcher(HttpMethod.POST, "/v1/linking/addresses"),
                paths.matcher(HttpMethod.GET, "/v1/linking/addresses/{address}")))
        .csrf(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  private static Jwt decode(String token) {
    Jwt.Builder jwt =
        Jwt.withTokenValue(token).header("alg", "none").subject("test").expiresAt(Instant.MAX);
    List<String> parts = List.of(token.split("\\.", -1));
    if (token.equals(VALID)) {
      return jwt.build();
    }
    return switch (parts.getFirst()) {
      case DEVICE ->
          jwt.subject(parts.get(1))
              .claim("dev", Long.valueOf(parts.get(2)))
              .claim("reg", Long.valueOf(parts.get(3)))
              .build();
      case ROLE -> jwt.subject("test-" + parts.get(1)).claim("roles", parts.get(1)).build();
      default -> throw new BadJwtException("not one of the test's tokens");
    };
  }
}
