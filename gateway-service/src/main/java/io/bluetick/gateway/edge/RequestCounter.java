package io.bluetick.gateway.edge;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Counts answers by group of routes and outcome. */
class RequestCounter implements WebFilter, Ordered {
  private static final int TOO_MANY_REQUESTS = 429;

  private final MeterRegistry meters;

  RequestCounter(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public int getOrder() {
    return EdgeFilters.COUNT;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    RouteGroup group = RouteGroup.of(exchange.getRequest().getPath().value());
    if (group != RouteGroup.PROBE) {
      exchange
          .getResponse()
          .beforeCommit(
              () -> Mono.fromRunnable(() -> count(group, exchange.getResponse().getStatusCode())));
    }
    return chain.filter(exchange);
  }

  private void count(RouteGroup group, @Nullable HttpStatusCode status) {
    meters
        .counter("bluetick.edge.requests", "group", group.label(), "outcome", outcome(status))
        .increment();
  }

  private static String outcome(@Nullable HttpStatusCode status) {
    if (status == null || !status.isError()) {
      return "ok";
    }
    if (status.is5xxServerError()) {
      return "failed";
    }
    return status.value() == TOO_MANY_REQUESTS ? "limited" : "refused";
  }
}
