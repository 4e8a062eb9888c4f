package io.bluetick.gateway.edge;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Refuses paths that two readers could read in two ways: what security, the routes and the service
 * behind them agree on is a path without dot segments, empty segments, path parameters, backslashes
 * or control characters, encoded or not. An encoded percent sign is refused too, because what is
 * decoded twice could become any of these.
 */
class PlainPaths implements WebFilter, Ordered {
  private static final Pattern ODD =
      Pattern.compile(
          "//|;|\\\\|(^|/)\\.\\.?(/|$)|%(?![0-9a-f]{2})|%(2[5ef]|3b|5c|[01][0-9a-f]|7f)",
          Pattern.CASE_INSENSITIVE);

  @Override
  public int getOrder() {
    return EdgeFilters.PATHS;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return isPlain(exchange.getRequest().getURI().getRawPath())
        ? chain.filter(exchange)
        : Mono.error(
            new BluetickException(ErrorCode.BAD_REQUEST, "The path is not in its plain form."));
  }

  static boolean isPlain(String rawPath) {
    return rawPath.startsWith("/") && !ODD.matcher(rawPath).find();
  }
}
