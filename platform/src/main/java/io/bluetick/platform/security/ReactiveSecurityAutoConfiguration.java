package io.bluetick.platform.security;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverterAdapter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import reactor.core.publisher.Mono;

/**
 * Security of the reactive stack: stateless, a token for all that is not opened by {@link OpenTo}.
 */
@AutoConfiguration(
    before = {
      ReactiveUserDetailsServiceAutoConfiguration.class,
      ReactiveWebSecurityAutoConfiguration.class,
      ReactiveOAuth2ResourceServerAutoConfiguration.class
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(SecuritySettings.class)
@EnableWebFluxSecurity
public class ReactiveSecurityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ReactiveJwtDecoder tokenDecoder(
      SecuritySettings settings, ObjectProvider<OwnKeys> ownKeys, Clock clock) {
    return TokenDecoders.Reactive.of(TokenDecoders.of(settings, ownKeys.getIfAvailable(), clock));
  }

  /** Otherwise every filter of the chain becomes a span and a timer of each request. */
  @Bean
  SecurityObservationSettings unobserved() {
    return SecurityObservationSettings.noObservations();
  }

  /** Before the others, so that no token and no mistake of a service opens it. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SecurityWebFilterChain internalPaths(
      ServerHttpSecurity http,
      SecuritySettings settings,
      ServerAuthenticationEntryPoint unauthenticated,
      ServerAccessDeniedHandler forbidden) {
    InternalSecret secret = new InternalSecret(settings);
    return bare(http)
        .securityMatcher(ServerWebExchangeMatchers.pathMatchers(InternalSecret.PATHS))
        .authorizeExchange(exchanges ->
            exchanges.anyExchange().access((_, call) -> Mono.just(decided(secret, call))))
        .exceptionHandling(failures ->
            failures.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
        .build();
  }

  private static AuthorizationDecision decided(InternalSecret secret, AuthorizationContext call) {
    HttpHeaders headers = call.getExchange().getRequest().getHeaders();
    return new AuthorizationDecision(secret.isIn(headers.getFirst(HttpHeaders.AUTHORIZATION)));
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  SecurityWebFilterChain openPaths(ServerHttpSecurity http, ObjectProvider<OpenTo> opened) {
    List<ServerWebExchangeMatcher> paths =
        Stream.concat(Stream.of(ProbePaths.OPEN), opened.stream())
            .map(open ->
                ServerWebExchangeMatchers.pathMatchers(
                    open.method(), open.patterns().toArray(String[]::new)))
            .toList();
    return bare(http)
        .securityMatcher(new OrServerWebExchangeMatcher(paths))
        .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
        .build();
  }

  @Bean
  SecurityWebFilterChain closedByDefault(
      ServerHttpSecurity http,
      SecuritySettings settings,
      ServerAuthenticationEntryPoint unauthenticated,
      ServerAccessDeniedHandler forbidden) {
    JwtAuthenticationConverter bearer = new JwtAuthenticationConverter();
    bearer.setJwtGrantedAuthoritiesConverter(new Roles(settings));
    return bare(http)
        .authorizeExchange(exchanges ->
            exchanges
                .pathMatchers(Roles.ADMIN_PATHS)
                .hasAnyAuthority(Roles.ADMIN, Roles.SUPPORT)
                .anyExchange()
                .authenticated())
        .oauth2ResourceServer(server ->
            server
                .jwt(jwt ->
                    jwt.jwtAuthenticationConverter(
                        new ReactiveJwtAuthenticationConverterAdapter(bearer)))
                .authenticationEntryPoint(unauthenticated)
                .accessDeniedHandler(forbidden))
        .exceptionHandling(failures ->
            failures.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
        .build();
  }

  private static ServerHttpSecurity bare(ServerHttpSecurity http) {
    return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
        .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
        .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance());
  }
}
