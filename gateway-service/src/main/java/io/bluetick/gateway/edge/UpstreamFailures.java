package io.bluetick.gateway.edge;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/**
 * Tells callers what a service's silence means: it is away or has too much to do (503), or it took
 * the request and did not answer in time (504), in which case it may have done what was asked. What
 * a service answers, errors included, passes unchanged.
 */
class UpstreamFailures implements GlobalFilter, Ordered {

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
    return chain.filter(exchange).onErrorMap(UpstreamFailures::explain);
  }

  static Throwable explain(Throwable failure) {
    return switch (failure) {
      // Spring Cloud Gateway makes this of every timeout that it sees.
      case ResponseStatusException status
          when status.getStatusCode().value() == HttpStatus.GATEWAY_TIMEOUT.value() ->
          status.getCause() instanceof TimeoutException cause ? explain(cause) : timedOut(status);
      case PoolAcquirePendingLimitException busy -> unavailable(busy, "has too much to do");
      case PoolAcquireTimeoutException busy -> unavailable(busy, "has too much to do");
      case ConnectTimeoutException timeout -> timedOut(timeout);
      case ReadTimeoutException timeout -> timedOut(timeout);
      case TimeoutException timeout -> timedOut(timeout);
      case IOException away -> unavailable(away, "does not answer");
      default -> failure;
    };
  }

  private static BluetickException timedOut(Throwable cause) {
    return new BluetickException(
        ErrorCode.TIMED_OUT,
        "The service behind this path took too long; it may have done what was asked.",
        cause);
  }

  private static BluetickException unavailable(Throwable cause, String what) {
    return new BluetickException(
        ErrorCode.UNAVAILABLE,
        "The service behind this path " + what + "; try again later.",
        cause);
  }
}
