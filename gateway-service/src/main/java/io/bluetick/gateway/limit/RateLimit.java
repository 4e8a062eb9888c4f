package io.bluetick.gateway.limit;

import io.bluetick.gateway.edge.ClientAddress;
import io.bluetick.gateway.edge.EdgeFilters;
import io.bluetick.gateway.edge.RouteGroup;
import io.bluetick.platform.limit.Verdict;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.Principal;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets each account ask so often, in each group of routes apart, and each network so often where no
 * account is known. What a caller has left stands in the RateLimit headers of every answer.
 */
class RateLimit implements WebFilter, Ordered {
  private final Buckets buckets;
  private final LimitSettings settings;
  private final ClientAddress clients;
  private final MeterRegistry meters;

  RateLimit(Buckets buckets, LimitSettings settings, ClientAddress clients, MeterRegistry meters) {
    this.buckets = buckets;
    this.settings = settings;
    this.clients = clients;
    this.meters = meters;
  }

  @Override
  public int getOrder() {
    return EdgeFilters.RATE_LIMIT;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    RouteGroup group = RouteGroup.of(exchange.getRequest().getPath().value());
    if (group == RouteGroup.PROBE) {
      return chain.filter(exchange);
    }
    Limit limit = settings.of(group);
    return caller(exchange, group)
        .flatMap(caller -> buckets.take(caller + ":" + group.label(), limit))
        .flatMap(verdict -> {
          tell(exchange.getResponse().getHeaders(), limit, verdict);
          return verdict.isAllowed() ? chain.filter(exchange) : refuse(group);
        });
  }

  private Mono<String> caller(ServerWebExchange exchange, RouteGroup group) {
    Mono<String> network =
        Mono.fromSupplier(() -> "from:" + clients.networkOf(exchange.getRequest()));
    return group == RouteGroup.OPEN
        ? network
        : exchange.getPrincipal().mapNotNull(Principal::getName).switchIfEmpty(network);
  }

  private Mono<Void> refuse(RouteGroup group) {
    meters.counter("bluetick.edge.limited", "group", group.label()).increment();
    return Mono.error(
        new BluetickException(
            ErrorCode.RATE_LIMITED, "Too many requests; Retry-After says when to try again."));
  }

  private static void tell(HttpHeaders headers, Limit limit, Verdict verdict) {
    headers.set("RateLimit-Limit", Integer.toString(limit.burst()));
    headers.set("RateLimit-Remaining", Long.toString(verdict.remaining()));
    headers.set("RateLimit-Reset", Long.toString(verdict.fullSeconds()));
    if (!verdict.isAllowed()) {
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(verdict.waitSeconds()));
    }
  }
}
