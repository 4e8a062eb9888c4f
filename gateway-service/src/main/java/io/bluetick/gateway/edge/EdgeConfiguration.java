package io.bluetick.gateway.edge;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.ConnectException;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.GatewayFilterSpec;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Puts the edge together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EdgeSettings.class, UpstreamSettings.class})
class EdgeConfiguration {

  /** One route per service. */
  @Bean
  RouteLocator routes(RouteLocatorBuilder builder, UpstreamSettings settings) {
    RouteLocatorBuilder.Builder routes = builder.routes();
    for (Upstream upstream : Upstream.values()) {
      routes.route(
          upstream.label(),
          route ->
              route
                  .predicate(exchange -> upstream.takes(exchange.getRequest().getPath().value()))
                  .filters(EdgeConfiguration::onceMore)
                  .metadata(
                      Map.of(
                          RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR,
                          settings.responseTimeout().toMillis()))
                  .uri(settings.url().of(upstream)));
    }
    return routes.build();
  }

  /**
   * A GET that reached nobody is tried once more; anything else is the caller's to repeat, who
   * alone knows whether that is harmless.
   */
  @SuppressWarnings("unchecked")
  private static GatewayFilterSpec onceMore(GatewayFilterSpec filters) {
    return filters.retry(retry ->
        retry
            .setRetries(1)
            .setMethods(HttpMethod.GET)
            .setSeries()
            .setExceptions(ConnectException.class));
  }

  @Bean(destroyMethod = "dispose")
  ConnectionProvider upstreamConnections(UpstreamSettings settings) {
    return UpstreamClient.connections(settings);
  }

  /** In place of Spring Cloud Gateway's, whose queue of waiting requests has no bound. */
  @Bean
  HttpClient upstreamHttp(ConnectionProvider upstreamConnections, UpstreamSettings settings) {
    return UpstreamClient.http(upstreamConnections, settings);
  }

  @Bean
  UpstreamClient upstreamClient(HttpClient upstreamHttp, UpstreamSettings settings) {
    return new UpstreamClient(upstreamHttp, settings);
  }

  /** Before the platform's chain, which wants a token for all else. Looks at no token at all. */
  @Bean
  @Order(0)
  SecurityWebFilterChain open(ServerHttpSecurity http) {
    ServerWebExchangeMatcher isOpen =
        exchange ->
            OpenPaths.isOpen(exchange.getRequest().getPath().value())
                ? MatchResult.match()
                : MatchResult.notMatch();
    return http.securityMatcher(isOpen)
        .csrf(ServerHttpSecurity.CsrfSpec::disable)
        .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
        .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .headers(ServerHttpSecurity.HeaderSpec::disable)
        .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
        .build();
  }

  @Bean
  RequestCounter requestCounter(MeterRegistry meters) {
    return new RequestCounter(meters);
  }

  @Bean
  AnswerHeaders answerHeaders(EdgeSettings settings) {
    return new AnswerHeaders(settings);
  }

  @Bean
  PlainPaths plainPaths() {
    return new PlainPaths();
  }

  @Bean
  ListedOrigins listedOrigins(EdgeSettings settings) {
    return new ListedOrigins(settings);
  }

  @Bean
  BodyLimit bodyLimit(EdgeSettings settings) {
    return new BodyLimit(settings);
  }

  @Bean
  ClientAddress clientAddress(EdgeSettings settings) {
    return new ClientAddress(settings);
  }

  @Bean
  OnwardHeaders onwardHeaders(ClientAddress clients, EdgeSettings settings) {
    return new OnwardHeaders(clients, settings);
  }

  @Bean
  ReturnedHeaders returnedHeaders() {
    return new ReturnedHeaders();
  }

  @Bean
  UpstreamFailures upstreamFailures() {
    return new UpstreamFailures();
  }
}
