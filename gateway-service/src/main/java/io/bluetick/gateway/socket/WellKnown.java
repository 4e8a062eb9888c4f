package io.bluetick.gateway.socket;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.bluetick.protocol.Wire;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** What a client must know of a server before it connects. */
final class WellKnown {
  static final String PATH = "/.well-known/bluetick";

  private static final String NOISE = "Noise_IK_25519_AESGCM_SHA256";
  private static final Duration FRESH = Duration.ofMinutes(5);

  private WellKnown() {}

  /**
   * The document.
   *
   * @param socket where the WebSocket is
   * @param subprotocol of the WebSocket
   */
  record Document(Noise noise, String socket, String subprotocol, Versions versions) {}

  /**
   * The channel.
   *
   * @param keys base64 of the public keys of the server: the one to pin, then the one before
   */
  record Noise(String protocol, List<String> keys) {}

  /** Of the frames that are understood. */
  record Versions(int oldest, int newest) {}

  static RouterFunction<ServerResponse> telling(List<String> keys) {
    Document document =
        new Document(
            new Noise(NOISE, keys),
            Wire.PATH,
            Wire.SUBPROTOCOL,
            new Versions(Wire.OLDEST_VERSION, Wire.VERSION));
    return route()
        .GET(
            PATH,
            _ ->
                ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .cacheControl(CacheControl.maxAge(FRESH))
                    .bodyValue(document))
        .build();
  }
}
