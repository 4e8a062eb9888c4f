package io.bluetick.gateway.edge;

import java.time.Duration;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * CORS for the pages of listed origins. Any other origin is answered as if there were no CORS: its
 * browser keeps the answer from the page, and its preflight fails for want of a token. Credentials
 * are never allowed: tokens travel in a header that the page sets itself.
 */
class ListedOrigins implements WebFilter, Ordered {
  private static final Duration PREFLIGHT_VALID = Duration.ofHours(1);

  private final DefaultCorsProcessor cors = new DefaultCorsProcessor();
  private final CorsConfiguration rules = new CorsConfiguration();
  private final List<String> origins;

  ListedOrigins(EdgeSettings settings) {
    origins = List.copyOf(settings.corsOrigins());
    rules.setAllowedOrigins(origins);
    rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    rules.setAllowedHeaders(
        List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH));
    rules.setExposedHeaders(
        List.of(
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.ETAG,
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset"));
    rules.setAllowCredentials(false);
    rules.setMaxAge(PREFLIGHT_VALID);
  }

  @Override
  public int getOrder() {
    return EdgeFilters.CORS;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String origin = exchange.getRequest().getHeaders().getOrigin();
    if (origin == null || !origins.contains(origin)) {
      return chain.filter(exchange);
    }
    boolean isAllowed = cors.process(rules, exchange);
    return !isAllowed || CorsUtils.isPreFlightRequest(exchange.getRequest())
        ? exchange.getResponse().setComplete()
        : chain.filter(exchange);
  }
}
