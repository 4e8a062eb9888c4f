package io.bluetick.gateway.session;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.gateway.edge.Upstream;
import io.bluetick.gateway.edge.UpstreamClient;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionRequests;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** Calls session-service over the connections that the edge keeps. */
final class HttpSessionService implements SessionService {
  static final String PATH = "/internal/v1/sessions";

  private static final String PROTOBUF = "application/x-protobuf";

  private final HttpClient http;
  private final String url;

  HttpSessionService(UpstreamClient client, SessionSettings settings) {
    this.http =
        client
            .http()
            .headers(headers ->
                headers
                    .set(HttpHeaderNames.AUTHORIZATION, "Internal " + settings.secret())
                    .set(HttpHeaderNames.CONTENT_TYPE, PROTOBUF)
                    .set(HttpHeaderNames.ACCEPT, PROTOBUF))
            .responseTimeout(settings.timeout());
    this.url = client.url(Upstream.SESSION).resolve(PATH).toString();
  }

  @Override
  public CompletionStage<SessionAnswers> call(SessionRequests requests) {
    byte[] body = requests.toByteArray();
    return http.post()
        .uri(url)
        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
        .responseSingle((response, answer) ->
            answer
                .asByteArray()
                .defaultIfEmpty(new byte[0])
                .map(bytes -> answers(response.status().code(), bytes)))
        .toFuture()
        .thenApply(Objects::requireNonNull); // Empty answers have become answers.
  }

  private static SessionAnswers answers(int status, byte[] body) {
    if (status != 200) {
      throw new IllegalStateException("session-service answered " + status);
    }
    try {
      return SessionAnswers.parseFrom(body);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("session-service answered what is no answer", e);
    }
  }
}
