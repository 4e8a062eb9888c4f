package io.bluetick.bench.device;

import io.bluetick.protocol.Wire;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The HTTP half of a WebSocket. One key serves all connections of a client: it only guards against
 * caches, and there are none here.
 */
final class Upgrade {
  static final int MAX_RESPONSE_BYTES = 8 << 10;

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int SWITCHING_PROTOCOLS = 101;

  private final String key;
  private final String accept;

  Upgrade(SecureRandom random) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    key = Base64.getEncoder().encodeToString(nonce);
    accept = Base64.getEncoder().encodeToString(sha1(key + GUID));
  }

  byte[] request(InetSocketAddress gateway) {
    return """
    GET %s HTTP/1.1
    Host: %s:%d
    Upgrade: websocket
    Connection: Upgrade
    Sec-WebSocket-Key: %s
    Sec-WebSocket-Version: 13
    Sec-WebSocket-Protocol: %s

    """
        .formatted(Wire.PATH, gateway.getHostString(), gateway.getPort(), key, Wire.SUBPROTOCOL)
        .replace("\n", "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Why there is no WebSocket; empty if there is one. */
  Optional<Ending> refusal(String response) {
    String[] lines = response.split("\r\n", -1);
    String[] status = lines[0].split(" ", 3);
    if (status.length < 2 || !status[0].startsWith("HTTP/1.") || !status[1].matches("\\d{3}")) {
      return broken("no HTTP response");
    }
    int code = Integer.parseInt(status[1]);
    if (code != SWITCHING_PROTOCOLS) {
      String reason = status.length > 2 ? status[2] : "";
      return Optional.of(new Ending.Refused(Stage.UPGRADE, code, reason));
    }
    if (!header(lines, "sec-websocket-accept").equals(accept)) {
      return broken("the key was not accepted");
    }
    return header(lines, "sec-websocket-protocol").equals(Wire.SUBPROTOCOL)
        ? Optional.empty()
        : broken("the subprotocol is not " + Wire.SUBPROTOCOL);
  }

  private static Optional<Ending> broken(String why) {
    return Optional.of(new Ending.Broken(Stage.UPGRADE, why));
  }

  private static String header(String[] lines, String name) {
    return Arrays.stream(lines)
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static byte[] sha1(String text) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
