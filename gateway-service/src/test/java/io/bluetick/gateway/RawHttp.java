package io.bluetick.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says over a socket what no decent HTTP client would. */
public final class RawHttp {
  private static final int SILENCE_LIMIT_MS = 20_000;

  private RawHttp() {}

  /** Sends the lines of a request and an empty one, and reads until the server closes. */
  public static String ask(int port, String... lines) throws IOException {
    return send(port, String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n");
  }

  /** Sends exactly this and reads until the server closes. */
  public static String send(int port, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(SILENCE_LIMIT_MS);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
