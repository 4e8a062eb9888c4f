package io.bluetick.gateway.docs;

import io.bluetick.gateway.edge.Upstream;
import io.bluetick.gateway.edge.UpstreamClient;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.ContextView;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The common document, made of the services' own when somebody asks. They are asked all at once,
 * with the caller's token, and once for all who wait; then the result is remembered for a while.
 */
class ServiceDocuments {
  private static final Logger log = LoggerFactory.getLogger(ServiceDocuments.class);
  private static final String PATH = "/v3/api-docs";

  private final UpstreamClient client;
  private final DocsSettings settings;
  private final JsonMapper json;
  private final ObjectNode frame;
  private final Mono<Common> common;

  /** The document as it is sent, and whether it is whole. */
  private record Common(String text, boolean isComplete) {}

  ServiceDocuments(UpstreamClient client, DocsSettings settings, JsonMapper json) {
    this.client = client;
    this.settings = settings;
    this.json = json;
    this.frame = frame(json);
    this.common =
        Mono.deferContextual(this::fetch)
            .cache(
                made -> made.isComplete() ? settings.remember() : settings.rememberIncomplete(),
                _ -> Duration.ZERO,
                () -> Duration.ZERO);
  }

  /**
   * The document as JSON.
   *
   * @param authorization by which the caller was let in; services ask for it too
   */
  Mono<String> common(String authorization) {
    return common
        .map(Common::text)
        .contextWrite(context -> context.put(HttpHeaderNames.AUTHORIZATION, authorization));
  }

  private Mono<Common> fetch(ContextView context) {
    String authorization = context.get(HttpHeaderNames.AUTHORIZATION);
    return Flux.fromArray(Upstream.values())
        .flatMap(upstream -> part(upstream, authorization).map(part -> Map.entry(upstream, part)))
        .collectMap(Map.Entry::getKey, Map.Entry::getValue)
        .map(parts ->
            new Common(
                json.writeValueAsString(CommonDocument.merge(frame, parts)),
                parts.size() == Upstream.values().length));
  }

  /** Empty if the service does not answer, or not with a document. */
  private Mono<Part> part(Upstream upstream, String authorization) {
    return client
        .http()
        .responseTimeout(settings.timeout())
        .headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, authorization))
        .get()
        .uri(client.url(upstream).resolve(PATH))
        .response(this::bytes)
        .single()
        .timeout(settings.timeout())
        .publishOn(Schedulers.parallel())
        .map(bytes -> Part.of(upstream, json.readTree(bytes)))
        .onErrorResume(failure -> {
          log.atInfo()
              .addKeyValue("upstream", upstream.label())
              .addKeyValue("reason", String.valueOf(failure))
              .log("document_part_missing");
          return Mono.empty();
        });
  }

  private Mono<byte[]> bytes(HttpClientResponse response, ByteBufFlux content) {
    if (!response.status().equals(HttpResponseStatus.OK)) {
      return Mono.error(new IOException("answered " + response.status().code()));
    }
    long limitBytes = settings.partLimit().toBytes();
    return content
        .asByteArray()
        .collect(
            ByteArrayOutputStream::new,
            (gathered, piece) -> {
              if (gathered.size() + piece.length > limitBytes) {
                throw new IllegalStateException("is larger than " + limitBytes + " bytes");
              }
              gathered.writeBytes(piece);
            })
        .map(ByteArrayOutputStream::toByteArray);
  }

  private static ObjectNode frame(JsonMapper json) {
    try (InputStream file =
        new ClassPathResource("frame.json", ServiceDocuments.class).getInputStream()) {
      return json.readTree(file).asObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
