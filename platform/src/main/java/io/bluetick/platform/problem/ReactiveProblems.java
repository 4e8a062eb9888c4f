package io.bluetick.platform.problem;

import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Problem documents of the reactive stack: whatever fails on the way, and what security refuses.
 */
class ReactiveProblems
    implements ErrorWebExceptionHandler, ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {
  private final Problems problems;

  ReactiveProblems(Problems problems) {
    this.problems = problems;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.error(failure); // Too late to say anything but to cut the connection.
    }
    return Mono.defer(() -> write(exchange, failure));
  }

  @Override
  public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException failure) {
    exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    return handle(exchange, failure);
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException failure) {
    return handle(exchange, (Throwable) failure);
  }

  private Mono<Void> write(ServerWebExchange exchange, Throwable failure) {
    Refusal refusal = Refusal.of(failure);
    Problem problem =
        problems.report(
            refusal,
            failure,
            exchange.getRequest().getPath().value(),
            ServerRequestObservationContext.findCurrent(exchange.getAttributes()).orElse(null));
    byte[] body = problems.bytes(problem);
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
    response.getHeaders().putAll(refusal.headers());
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    response.getHeaders().setContentLength(body.length);
    return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
  }
}
