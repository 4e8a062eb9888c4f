package io.bluetick.app.demo;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.SendToAccount;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a device has sent, looked at with the server's eyes. */
final class Wire {
  private static final int SHOWN_BYTES = 16;

  private Wire() {}

  /** The first message among the frames; empty if there is none, or if one holds the text. */
  static Optional<String> seen(List<byte[]> frames, String text) {
    byte[] clear = text.getBytes(StandardCharsets.UTF_8);
    return frames.stream().anyMatch(frame -> holds(frame, clear))
        ? Optional.empty()
        : frames.stream()
            .flatMap(Wire::message)
            .filter(message -> message.getDevicesCount() > 0)
            .findFirst()
            .map(message -> described(message, frames.size()));
  }

  private static Stream<SendToAccount> message(byte[] frame) {
    if (frame[0] != ClientFrameType.SEND_TO_ACCOUNT.getNumber()) {
      return Stream.empty();
    }
    try {
      return Stream.of(Frames.decode(SendToAccount.parser(), frame, 0, frame.length));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a device sent what is no frame", e);
    }
  }

  private static String described(SendToAccount message, int frames) {
    DeviceCiphertext copy = message.getDevices(0);
    ByteString bytes = copy.getCiphertext();
    return "to account %s, device %d: %d bytes, %s… ; none of Ann's %d frames holds the text"
        .formatted(
            AccountId.of(message.getAccount()),
            copy.getDevice(),
            bytes.size(),
            HexFormat.of()
                .formatHex(bytes.substring(0, Math.min(SHOWN_BYTES, bytes.size())).toByteArray()),
            frames);
  }

  private static boolean holds(byte[] frame, byte[] text) {
    for (int at = 0; at + text.length <= frame.length; at++) {
      if (Arrays.equals(frame, at, at + text.length, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }
}
