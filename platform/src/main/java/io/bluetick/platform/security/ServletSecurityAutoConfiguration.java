package io.bluetick.platform.security;

import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Security of the servlet stack: stateless, a token for all that is not opened by {@link OpenTo}.
 */
@AutoConfiguration(
    before = {
      UserDetailsServiceAutoConfiguration.class,
      ServletWebSecurityAutoConfiguration.class,
      OAuth2ResourceServerAutoConfiguration.class
    })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(SecuritySettings.class)
@EnableWebSecurity
public class ServletSecurityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  JwtDecoder tokenDecoder(SecuritySettings settings, ObjectProvider<OwnKeys> ownKeys, Clock clock) {
    return TokenDecoders.of(settings, ownKeys.getIfAvailable(), clock).blocking();
  }

  /** Otherwise every filter of the chain becomes a span and a timer of each request. */
  @Bean
  SecurityObservationSettings unobserved() {
    return SecurityObservationSettings.noObservations();
  }

  /** Before the others, so that no token and no mistake of a service opens it. */
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  SecurityFilterChain internalPaths(
      HttpSecurity http,
      SecuritySettings settings,
      AuthenticationEntryPoint unauthenticated,
      AccessDeniedHandler forbidden) {
    InternalSecret secret = new InternalSecret(settings);
    return bare(http)
        .securityMatcher(InternalSecret.PATHS)
        .authorizeHttpRequests(requests ->
            requests
                .anyRequest()
                .access((_, call) ->
                    new AuthorizationDecision(
                        secret.isIn(call.getRequest().getHeader(HttpHeaders.AUTHORIZATION)))))
        .exceptionHandling(failures ->
            failures.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
        .build();
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  SecurityFilterChain openPaths(HttpSecurity http, ObjectProvider<OpenTo> opened) {
    List<RequestMatcher> paths =
        Stream.concat(Stream.of(ProbePaths.OPEN), opened.stream())
            .flatMap(open ->
                open.patterns().stream()
                    .<RequestMatcher>map(pattern ->
                        PathPatternRequestMatcher.withDefaults().matcher(open.method(), pattern)))
            .toList();
    return bare(http)
        .securityMatcher(new OrRequestMatcher(paths))
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  /** An error dispatch is open: whoever is sent there has been refused or let in before. */
  @Bean
  SecurityFilterChain closedByDefault(
      HttpSecurity http,
      SecuritySettings settings,
      AuthenticationEntryPoint unauthenticated,
      AccessDeniedHandler forbidden) {
    JwtAuthenticationConverter bearer = new JwtAuthenticationConverter();
    bearer.setJwtGrantedAuthoritiesConverter(new Roles(settings));
    return bare(http)
        .authorizeHttpRequests(requests ->
            requests
                .dispatcherTypeMatchers(DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(Roles.ADMIN_PATHS)
                .hasAnyAuthority(Roles.ADMIN, Roles.SUPPORT)
                .anyRequest()
                .authenticated())
        .oauth2ResourceServer(server ->
            server
                .jwt(jwt -> jwt.jwtAuthenticationConverter(bearer))
                .authenticationEntryPoint(unauthenticated)
                .accessDeniedHandler(forbidden))
        .exceptionHandling(failures ->
            failures.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
        .build();
  }

  @Bean
  WebMvcConfigurer callers() {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new AdminCallerResolver());
        resolvers.add(new TokenCallerResolver());
      }
    };
  }

  private static HttpSecurity bare(HttpSecurity http) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .anonymous(Customizer.withDefaults())
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }
}
