package io.bluetick.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
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
      return new String(readAll(socket.getInputStream()), StandardCharsets.ISO_8859_1);
    }
  }

  /** A reset ends the answer too: a server that does not want the rest of a request sends one. */
  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      for (int read = in.read(); read >= 0; read = in.read()) {
        answer.write(read);
      }
    } catch (SocketException e) {
      if (answer.size() == 0) {
        throw e;
      }
    }
    return answer.toByteArray();
  }
}
