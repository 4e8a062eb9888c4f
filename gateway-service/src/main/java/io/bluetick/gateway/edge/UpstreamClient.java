package io.bluetick.gateway.edge;

import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** How the gateway calls services: over few connections that are kept, and never for long. */
public final class UpstreamClient {
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Duration EVICTION = Duration.ofSeconds(10);

  private final HttpClient http;
  private final UpstreamSettings settings;

  UpstreamClient(HttpClient http, UpstreamSettings settings) {
    this.http = http;
    this.settings = settings;
  }

  public HttpClient http() {
    return http;
  }

  public URI url(Upstream upstream) {
    return settings.url().of(upstream);
  }

  /** Limits are per service, so that one that hangs holds up no other. */
  static ConnectionProvider connections(UpstreamSettings settings) {
    return ConnectionProvider.builder("upstream")
        .maxConnections(settings.connectionLimit())
        .pendingAcquireMaxCount(settings.pendingLimit())
        .pendingAcquireTimeout(settings.pendingTimeout())
        // Less than the services' 60 s, so that a connection is not taken while it is closed.
        .maxIdleTime(IDLE)
        .evictInBackground(EVICTION)
        .lifo()
        .build();
  }

  static HttpClient http(ConnectionProvider connections, UpstreamSettings settings) {
    return HttpClient.create(connections)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            Math.toIntExact(settings.connectTimeout().toMillis()))
        .responseTimeout(settings.responseTimeout())
        .httpResponseDecoder(
            decoder -> decoder.maxHeaderSize(Math.toIntExact(settings.headerLimit().toBytes())));
  }
}
