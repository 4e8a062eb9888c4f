package io.bluetick.gateway.edge;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are and how long, and how often at once, they are asked.
 *
 * @param connectTimeout after which a service that does not take a connection has timed out
 * @param responseTimeout after which a service that took a request and stays silent has timed out
 * @param connectionLimit connections to one service at a time
 * @param pendingLimit requests that wait for a connection to one service; any more are refused
 * @param pendingTimeout how long one waits for a connection
 * @param headerLimit bytes of the headers of an answer
 */
@Validated
@ConfigurationProperties("bluetick.edge.upstream")
record UpstreamSettings(
    @DefaultValue @Valid @NotNull Urls url,
    @DefaultValue("2s") @NotNull Duration connectTimeout,
    @DefaultValue("30s") @NotNull Duration responseTimeout,
    @DefaultValue("128") @Positive int connectionLimit,
    @DefaultValue("256") @Positive int pendingLimit,
    @DefaultValue("2s") @NotNull Duration pendingTimeout,
    @DefaultValue("16KB") @NotNull DataSize headerLimit) {

  /** Scheme, host and port of each service. */
  record Urls(
      @DefaultValue("http://127.0.0.1:8081") @NotNull URI session,
      @DefaultValue("http://127.0.0.1:8082") @NotNull URI message,
      @DefaultValue("http://127.0.0.1:8083") @NotNull URI presence,
      @DefaultValue("http://127.0.0.1:8084") @NotNull URI media,
      @DefaultValue("http://127.0.0.1:8085") @NotNull URI user) {

    @AssertTrue(message = "URLs of services are http(s)://host:port without a path")
    boolean isOrigins() {
      for (Upstream upstream : Upstream.values()) {
        if (!of(upstream).toString().matches("https?://[^/?#@]+")) {
          return false;
        }
      }
      return true;
    }

    URI of(Upstream upstream) {
      return switch (upstream) {
        case SESSION -> session;
        case MESSAGE -> message;
        case PRESENCE -> presence;
        case MEDIA -> media;
        case USER -> user;
      };
    }
  }
}
