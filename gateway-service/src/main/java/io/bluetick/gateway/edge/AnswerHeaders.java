package io.bluetick.gateway.edge;

import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * What every answer says to browsers and caches, whoever made it. Written last of all, when the
 * answer begins to leave, so that it replaces what a service said.
 */
class AnswerHeaders implements WebFilter, Ordered {
  /** An answer is data: it may load nothing and be shown nowhere. */
  private static final String DATA_POLICY =
      "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

  /** The page may load its own files and call this gateway. Swagger UI sets styles inline. */
  private static final String PAGE_POLICY =
      DATA_POLICY
          + "; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
          + "; connect-src 'self'";

  private static final String PAGES = "/docs";

  private final Duration hsts;

  AnswerHeaders(EdgeSettings settings) {
    this.hsts = settings.hsts();
  }

  @Override
  public int getOrder() {
    return EdgeFilters.ANSWER_HEADERS;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    boolean isPage = Upstream.isAtOrBelow(exchange.getRequest().getPath().value(), PAGES);
    exchange
        .getResponse()
        .beforeCommit(
            () -> Mono.fromRunnable(() -> write(exchange.getResponse().getHeaders(), isPage)));
    return chain.filter(exchange);
  }

  private void write(HttpHeaders headers, boolean isPage) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Content-Security-Policy", isPage ? PAGE_POLICY : DATA_POLICY);
    if (!headers.containsHeader(HttpHeaders.CACHE_CONTROL)) {
      headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    }
    headers.remove("Strict-Transport-Security");
    if (hsts.isPositive()) {
      headers.set("Strict-Transport-Security", "max-age=" + hsts.toSeconds());
    }
  }
}
