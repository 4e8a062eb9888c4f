package io.bluetick.gateway.edge;

import java.util.List;
import java.util.Locale;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** What a service may not say to clients: which pages may call, and how much a caller has left. */
class ReturnedHeaders implements HttpHeadersFilter {
  private static final List<String> OURS =
      List.of("access-control-", "ratelimit", "server", "x-powered-by");

  @Override
  public boolean supports(Type type) {
    return type == Type.RESPONSE;
  }

  @Override
  public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
    HttpHeaders returned = new HttpHeaders();
    headers.forEach((name, values) -> {
      if (OURS.stream().noneMatch(name.toLowerCase(Locale.ROOT)::startsWith)) {
        returned.addAll(name, values);
      }
    });
    return returned;
  }
}
