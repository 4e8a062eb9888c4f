package io.bluetick.devstack.part;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** One short exchange of bytes with a server, enough to see that it is who it should be. */
final class Conversation {

  private static final int TIMEOUT_MS = 1_000;

  private Conversation() {}

  /** Sends the request and returns the first bytes of the answer, exactly as many as asked for. */
  static byte[] ask(String host, int port, byte[] request, int answerBytes) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      byte[] answer = socket.getInputStream().readNBytes(answerBytes);
      if (answer.length < answerBytes) {
        throw new IOException("closed the connection");
      }
      return answer;
    }
  }
}
