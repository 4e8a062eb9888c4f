package io.bluetick.gateway.edge;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Bounds the bodies of requests: by what they announce, before anything is read, and by what really
 * comes. Bodies are carried on piece by piece and never gathered.
 */
class BodyLimit implements WebFilter, Ordered {
  private final long limitBytes;

  BodyLimit(EdgeSettings settings) {
    this.limitBytes = settings.bodyLimit().toBytes();
  }

  @Override
  public int getOrder() {
    return EdgeFilters.BODY_LIMIT;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    long announced = request.getHeaders().getContentLength();
    if (announced > limitBytes) {
      return Mono.error(tooLarge());
    }
    return announced == 0
        ? chain.filter(exchange)
        : chain.filter(exchange.mutate().request(new Counted(request)).build());
  }

  private BluetickException tooLarge() {
    return new BluetickException(
        ErrorCode.PAYLOAD_TOO_LARGE, "A body may have " + limitBytes + " bytes.");
  }

  private final class Counted extends ServerHttpRequestDecorator {
    private final AtomicLong bytes = new AtomicLong();

    Counted(ServerHttpRequest request) {
      super(request);
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return super.getBody()
          .handle((piece, sink) -> {
            if (bytes.addAndGet(piece.readableByteCount()) <= limitBytes) {
              sink.next(piece);
            } else {
              DataBufferUtils.release(piece);
              sink.error(tooLarge());
            }
          });
    }
  }
}
