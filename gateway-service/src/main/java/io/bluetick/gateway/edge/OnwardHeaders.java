package io.bluetick.gateway.edge;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a service learns about the caller. Everything that could pass for a word of ours is taken
 * away; then we say it ourselves. The token goes on unchanged: services check it again.
 *
 * <p>Runs last, after the headers that {@code Connection} names have gone: a client that names
 * {@code X-Forwarded-For} there must not take away ours.
 */
class OnwardHeaders implements HttpHeadersFilter, Ordered {
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";

  private static final List<String> OURS =
      List.of(
          "forwarded",
          "x-forwarded-",
          "x-bluetick-",
          "x-real-ip",
          "x-original-",
          "x-rewrite-url",
          "x-http-method",
          "x-method-override",
          "proxy-",
          "expect");

  private final ClientAddress clients;
  private final boolean behindProxies;

  OnwardHeaders(ClientAddress clients, EdgeSettings settings) {
    this.clients = clients;
    this.behindProxies = settings.trustedProxies() > 0;
  }

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
    HttpHeaders onward = new HttpHeaders();
    headers.forEach((name, values) -> {
      if (!isOurs(name)) {
        onward.addAll(name, values);
      }
    });
    ServerHttpRequest request = exchange.getRequest();
    onward.set(ClientAddress.FORWARDED_FOR, clients.of(request));
    onward.set(FORWARDED_PROTO, scheme(request));
    InetSocketAddress host = request.getHeaders().getHost();
    if (host != null) {
      onward.set("X-Forwarded-Host", host.getHostString());
    }
    return onward;
  }

  private String scheme(ServerHttpRequest request) {
    String told = request.getHeaders().getFirst(FORWARDED_PROTO);
    if (behindProxies && told != null) {
      return told.equals("https") ? "https" : "http";
    }
    return request.getSslInfo() == null ? "http" : "https";
  }

  private static boolean isOurs(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return OURS.stream().anyMatch(lower::startsWith);
  }
}
