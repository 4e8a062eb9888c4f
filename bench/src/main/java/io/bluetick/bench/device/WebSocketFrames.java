package io.bluetick.bench.device;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.ThreadLocalRandom;

/** As much of RFC 6455 as a device needs: whole messages of at most 65,535 bytes. */
final class WebSocketFrames {
  static final int BINARY = 0x2;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  static final int MAX_PAYLOAD_BYTES = 0xFFFF;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int LENGTH_16 = 126;

  private WebSocketFrames() {}

  /** What {@link #read} found. */
  enum Found {
    WHOLE,
    /** More bytes must come first. */
    PART,
    /** Fragmented, masked or too long: no gateway of ours sends that. */
    FOREIGN
  }

  /** Looks at the frame at the buffer's reader index, without moving it. */
  static Found look(ByteBuf in) {
    int available = in.readableBytes();
    if (available < 2) {
      return Found.PART;
    }
    int at = in.readerIndex();
    int length = in.getUnsignedByte(at + 1);
    if ((in.getUnsignedByte(at) & 0xF0) != FINAL || length > LENGTH_16) {
      return Found.FOREIGN;
    }
    if (length < LENGTH_16) {
      return available < 2 + length ? Found.PART : Found.WHOLE;
    }
    return available < 4 || available < 4 + in.getUnsignedShort(at + 2) ? Found.PART : Found.WHOLE;
  }

  /** The opcode of the whole frame that lies at the reader index. */
  static int opcode(ByteBuf in) {
    return in.getUnsignedByte(in.readerIndex()) & 0x0F;
  }

  /** Takes the whole frame that lies at the reader index, and returns its payload's length. */
  static int read(ByteBuf in, byte[] out) {
    in.skipBytes(1);
    int length = in.readUnsignedByte();
    if (length == LENGTH_16) {
      length = in.readUnsignedShort();
    }
    in.readBytes(out, 0, length);
    return length;
  }

  /** Writes a frame, masked as a client's must be; the payload is masked where it lies. */
  static void write(ByteBuf out, int opcode, byte[] payload, int length) {
    int mask = ThreadLocalRandom.current().nextInt();
    out.writeByte(FINAL | opcode);
    if (length < LENGTH_16) {
      out.writeByte(MASKED | length);
    } else {
      out.writeByte(MASKED | LENGTH_16).writeShort(length);
    }
    out.writeInt(mask);
    for (int i = 0; i < length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
    }
    out.writeBytes(payload, 0, length);
  }
}
