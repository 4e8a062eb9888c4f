package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.noise.NoiseCipher;
import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The head of the WebSocket frame that is being read (RFC 6455), reused for all connections of an
 * event loop, and the writing of ours.
 *
 * <p>A frame is only looked at when the whole of it has arrived: it is bounded, and so there is no
 * state to keep of half a frame but its bytes.
 */
final class WebSocketFrame {
  static final int CONTINUATION = 0x0;
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  static final int MAX_PAYLOAD_BYTES = NoiseCipher.MAX_MESSAGE_BYTES;
  static final int MAX_CONTROL_BYTES = 125;

  private static final int NORMAL_CLOSE = 1000;
  private static final int NO_CLOSE_CODE = 1005;
  private static final int NO_TLS = 1015;
  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7F;
  private static final int LENGTH_OF_16_BITS = 126;
  private static final int MASK_BYTES = 4;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private int opcode;
  private boolean last;
  private int length;
  private int mask;

  /**
   * Reads a frame's payload into an array, unmasked, if the whole frame is there; otherwise leaves
   * the buffer as it is.
   *
   * @param into from its start, with room for {@link #MAX_PAYLOAD_BYTES}
   */
  boolean read(ByteBuf in, byte[] into) {
    int start = in.readerIndex();
    if (readHead(in) && in.readableBytes() >= length) {
      in.readBytes(into, 0, length);
      unmask(into);
      return true;
    }
    in.readerIndex(start);
    return false;
  }

  private boolean readHead(ByteBuf in) {
    if (in.readableBytes() < 2) {
      return false;
    }
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    opcode = first & OPCODE;
    last = (first & FIN) != 0;
    if ((first & RESERVED) != 0 || (second & MASKED) == 0 || !known(opcode)) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
    int announced = second & LENGTH;
    if (isControl() && (announced > MAX_CONTROL_BYTES || !last)) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
    if (announced > LENGTH_OF_16_BITS) {
      throw new Violation(ErrorCode.PAYLOAD_TOO_LARGE);
    }
    int wanted = (announced == LENGTH_OF_16_BITS ? 2 : 0) + MASK_BYTES;
    if (in.readableBytes() < wanted) {
      return false;
    }
    length = announced == LENGTH_OF_16_BITS ? in.readUnsignedShort() : announced;
    mask = in.readInt();
    return true;
  }

  private static boolean known(int opcode) {
    return switch (opcode) {
      case CONTINUATION, BINARY, CLOSE, PING, PONG -> true;
      default -> false; // Text among them: there is no text in this protocol.
    };
  }

  private void unmask(byte[] bytes) {
    int i = 0;
    for (; i + Integer.BYTES <= length; i += Integer.BYTES) {
      INT.set(bytes, i, (int) INT.get(bytes, i) ^ mask);
    }
    for (; i < length; i++) {
      bytes[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
    }
  }

  int opcode() {
    return opcode;
  }

  boolean isControl() {
    return opcode >= CLOSE;
  }

  /** Whether it ends its message; only messages of one frame are usual. */
  boolean isLast() {
    return last;
  }

  int length() {
    return length;
  }

  /** The code that answers a peer's close: its own, or a plain goodbye if it gave none it may. */
  static int answerToClose(byte[] payload, int length) {
    int code = length < 2 ? NO_CLOSE_CODE : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    boolean ofPeers = (code >= NORMAL_CLOSE && code < 1_004) || (code > 1_006 && code < 5_000);
    return ofPeers && code != NO_TLS ? code : NORMAL_CLOSE;
  }

  /** How many bytes the head of a frame of ours has. */
  static int headBytes(int payloadBytes) {
    return payloadBytes < LENGTH_OF_16_BITS ? 2 : 4;
  }

  /** Writes the head of a frame of ours: whole messages, not masked. */
  static void writeHead(ByteBuf out, int opcode, int payloadBytes) {
    out.writeByte(FIN | opcode);
    if (payloadBytes < LENGTH_OF_16_BITS) {
      out.writeByte(payloadBytes);
    } else {
      out.writeByte(LENGTH_OF_16_BITS);
      out.writeShort(payloadBytes);
    }
  }
}
