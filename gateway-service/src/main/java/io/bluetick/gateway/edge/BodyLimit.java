package io.bluetick.gateway.edge;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Bounds the bodies of requests, in bytes and in time: by what they announce, before anything is
 * read, and by what really comes. Bodies are carried on piece by piece and never gathered.
 *
 * <p>An answer that goes out while more of the body may come ends the connection: otherwise the
 * server would read and throw away what comes, and one request could go on for ever, counted once.
 * A small body that nobody wanted is no such case: its end is known.
 */
class BodyLimit implements WebFilter, Ordered {
  private static final String CLOSE = "close";

  private final long limitBytes;
  private final Duration timeout;

  BodyLimit(EdgeSettings settings) {
    this.limitBytes = settings.bodyLimit().toBytes();
    this.timeout = settings.bodyTimeout();
  }

  @Override
  public int getOrder() {
    return EdgeFilters.BODY_LIMIT;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    HttpHeaders headers = exchange.getRequest().getHeaders();
    long announced = headers.getContentLength();
    ServerHttpResponse response = exchange.getResponse();
    if (announced > limitBytes) {
      response.getHeaders().setConnection(CLOSE);
      return Mono.error(tooLarge());
    }
    if (announced <= 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
      return chain.filter(exchange);
    }
    Bounded body = new Bounded(exchange.getRequest());
    response.beforeCommit(() ->
        Mono.fromRunnable(() -> {
          if (body.mayGoOn(announced)) {
            response.getHeaders().setConnection(CLOSE);
          }
        }));
    return chain.filter(exchange.mutate().request(body).build());
  }

  private BluetickException tooLarge() {
    return new BluetickException(
        ErrorCode.PAYLOAD_TOO_LARGE, "A body may have " + limitBytes + " bytes.");
  }

  private final class Bounded extends ServerHttpRequestDecorator {
    private long bytes;
    private volatile boolean isComplete;
    private volatile boolean isLate;

    Bounded(ServerHttpRequest request) {
      super(request);
    }

    /** Whether more may come than a small body that nobody wanted to read. */
    boolean mayGoOn(long announced) {
      return isLate || (announced < 0 && !isComplete);
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return super.getBody()
          .<DataBuffer>handle((piece, sink) -> {
            bytes += piece.readableByteCount();
            if (bytes <= limitBytes) {
              sink.next(piece);
            } else {
              DataBufferUtils.release(piece);
              sink.error(tooLarge());
            }
          })
          .doOnComplete(() -> isComplete = true)
          .takeUntilOther(Mono.delay(timeout).then(Mono.error(this::late)));
    }

    private BluetickException late() {
      isLate = true;
      return new BluetickException(ErrorCode.BAD_REQUEST, "The body did not arrive in time.");
    }
  }
}
