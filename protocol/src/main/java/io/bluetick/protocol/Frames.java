package io.bluetick.protocol;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.ServerFrameType;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A frame as bytes: its type, then its message. What the types are stands in frames.proto. */
public final class Frames {

  private static final int FIRST_NUMBERED = 32;
  private static final int LAST_NUMBERED = 63;

  private Frames() {}

  public static byte[] encode(ClientFrameType type, MessageLite message) {
    return encode(type.getNumber(), message);
  }

  public static byte[] encode(ServerFrameType type, MessageLite message) {
    return encode(type.getNumber(), message);
  }

  /** How many bytes {@link #write} writes. */
  public static int size(MessageLite message) {
    return 1 + message.getSerializedSize();
  }

  /** Writes a frame into room that the caller knows to be enough, and returns its length. */
  public static int write(ServerFrameType type, MessageLite message, byte[] out, int offset) {
    int size = size(message);
    write(type.getNumber(), message, out, offset, size);
    return size;
  }

  /**
   * The message of a frame. Fields of bytes share the array, which must not change afterwards.
   *
   * @param frame the whole frame, with its type
   */
  public static <T> T decode(Parser<T> parser, byte[] frame, int offset, int length)
      throws InvalidProtocolBufferException {
    CodedInputStream body =
        UnsafeByteOperations.unsafeWrap(frame, offset + 1, length - 1).newCodedInput();
    body.enableAliasing(true);
    T message = parser.parseFrom(body);
    body.checkLastTagWas(0);
    return message;
  }

  /**
   * Whether a frame of this type, known or not, is a stanza, which counts in the sequence, or from
   * a device a send, which has a counter.
   */
  public static boolean isOfNumberedKind(int type) {
    return type >= FIRST_NUMBERED && type <= LAST_NUMBERED;
  }

  private static byte[] encode(int type, MessageLite message) {
    byte[] frame = new byte[size(message)];
    write(type, message, frame, 0, frame.length);
    return frame;
  }

  private static void write(int type, MessageLite message, byte[] out, int offset, int size) {
    out[offset] = (byte) type;
    CodedOutputStream body = CodedOutputStream.newInstance(out, offset + 1, size - 1);
    try {
      message.writeTo(body);
    } catch (IOException e) {
      throw new UncheckedIOException("a frame did not fit in the room made for it", e);
    }
  }
}
