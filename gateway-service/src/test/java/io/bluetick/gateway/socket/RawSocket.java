package io.bluetick.gateway.socket;

import io.bluetick.protocol.Wire;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** A client's side of a WebSocket, byte by byte, so that a test can also do it wrong. */
class RawSocket implements AutoCloseable {
  private static final int ANSWER_LIMIT_MS = 10_000;
  private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private long bytesRead;
  private long bytesWritten;
  private boolean closed;

  /** A frame of the server's. */
  @SuppressWarnings("ArrayRecordComponent")
  record Frame(int opcode, byte[] payload) {

    int closeCode() {
      return opcode == WebSocketFrame.CLOSE ? ByteBuffer.wrap(payload).getShort() & 0xFFFF : 0;
    }

    String closeReason() {
      return new String(payload, 2, payload.length - 2, StandardCharsets.US_ASCII);
    }
  }

  /** A plain connection; {@link #upgrade} makes it a WebSocket. */
  RawSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(ANSWER_LIMIT_MS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  static String upgradeRequest(String subprotocol) {
    return "GET "
        + Wire.PATH
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: "
        + subprotocol
        + "\r\nSec-WebSocket-Key: "
        + Base64.getEncoder().encodeToString(new byte[16])
        + "\r\n\r\n";
  }

  /** Returns the head of the answer. */
  String upgrade(byte... behind) throws IOException {
    byte[] request = upgradeRequest(Wire.SUBPROTOCOL).getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(request, request.length + behind.length);
    System.arraycopy(behind, 0, all, request.length, behind.length);
    write(all);
    return readHead();
  }

  String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      head.write(in.readByte());
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  final void write(byte[] bytes) throws IOException {
    out.write(bytes);
    bytesWritten += bytes.length;
  }

  final void sendFrame(int first, byte[] payload) throws IOException {
    write(frame(first, payload));
  }

  /** A masked frame; its first byte is the caller's, flags and all. */
  static byte[] frame(int first, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % 4]));
    }
    return Arrays.copyOf(frame.array(), frame.position());
  }

  final Frame readFrame() throws IOException {
    int first = in.readUnsignedByte();
    int announced = in.readUnsignedByte();
    int length = announced == 126 ? in.readUnsignedShort() : announced;
    byte[] payload = new byte[length];
    in.readFully(payload);
    bytesRead += 2 + (announced == 126 ? 2 : 0) + length;
    return new Frame(first & 0x0F, payload);
  }

  /** The close frame, whatever comes before it. */
  final Frame readClose() throws IOException {
    Frame frame = readFrame();
    while (frame.opcode() != WebSocketFrame.CLOSE) {
      frame = readFrame();
    }
    return frame;
  }

  /** Answers a close, as a client must; otherwise the server waits for it, some seconds. */
  final void sayGoodbye() throws IOException {
    try {
      sendFrame(0x80 | WebSocketFrame.CLOSE, new byte[0]);
    } catch (SocketException _) {
      closed = true; // It did not wait: what it had not read yet was another offence.
    }
  }

  /** Whether the server hangs up; what comes before is dropped. */
  final boolean isHungUp() throws IOException {
    try {
      while (!closed && in.read() >= 0) {
        bytesRead++;
      }
      return true;
    } catch (EOFException | SocketException _) {
      return true;
    }
  }

  final long bytesRead() {
    return bytesRead;
  }

  final long bytesWritten() {
    return bytesWritten;
  }

  /** Ends the connection as a crash would: with a reset. */
  final void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
