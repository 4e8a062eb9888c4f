package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the encoding of {@link RawSocket}, which knows nothing of ours. */
class WebSocketFrameTest {
  private final WebSocketFrame frame = new WebSocketFrame();
  private final byte[] into = new byte[WebSocketFrame.MAX_PAYLOAD_BYTES];

  private static byte[] payload(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 124, 125, 126, 127, 128, 255, 256, 65_534, 65_535})
  void a_payload_of_any_length_is_read(int length) {
    byte[] sent = payload(length);
    ByteBuf in = Unpooled.wrappedBuffer(RawSocket.frame(0x82, sent), new byte[] {77});
    assertThat(frame.read(in, into)).isTrue();
    assertThat(frame.opcode()).isEqualTo(WebSocketFrame.BINARY);
    assertThat(frame.isLast()).isTrue();
    assertThat(frame.isControl()).isFalse();
    assertThat(frame.length()).isEqualTo(length);
    assertThat(Arrays.copyOf(into, length)).isEqualTo(sent);
    assertThat(in.readableBytes()).as("what comes behind it").isOne();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 126, 300})
  void of_half_a_frame_nothing_is_taken(int length) {
    byte[] whole = RawSocket.frame(0x82, payload(length));
    for (int there = 0; there < whole.length; there++) {
      ByteBuf in = Unpooled.wrappedBuffer(whole, 0, there);
      assertThat(frame.read(in, into)).isFalse();
      assertThat(in.readableBytes()).isEqualTo(there);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x88, 0x89, 0x8A, 0x80, 0x00, 0x02})
  void every_kind_is_told_apart(int first) {
    ByteBuf in = Unpooled.wrappedBuffer(RawSocket.frame(first, payload(9)));
    assertThat(frame.read(in, into)).isTrue();
    assertThat(frame.opcode()).isEqualTo(first & 0x0F);
    assertThat(frame.isLast()).isEqualTo((first & 0x80) != 0);
    assertThat(frame.isControl()).isEqualTo((first & 0x08) != 0);
  }

  /** Text, the opcodes that have no meaning, reserved bits, and fragments of control frames. */
  @ParameterizedTest
  @ValueSource(ints = {0x81, 0x83, 0x87, 0x8B, 0x8F, 0xC2, 0xA2, 0x92, 0x08, 0x09, 0x0A})
  void what_the_contract_has_no_use_for_is_a_violation(int first) {
    assertViolation(RawSocket.frame(first, payload(1)), ErrorCode.BAD_REQUEST);
  }

  @Test
  void a_frame_without_a_mask_is_a_violation() {
    assertViolation(new byte[] {(byte) 0x82, 1, 0}, ErrorCode.BAD_REQUEST);
  }

  @Test
  void a_long_control_frame_is_a_violation() {
    assertViolation(RawSocket.frame(0x89, payload(126)), ErrorCode.BAD_REQUEST);
    assertThat(frame.read(Unpooled.wrappedBuffer(RawSocket.frame(0x89, payload(125))), into))
        .isTrue();
  }

  @Test
  void a_frame_that_is_too_long_is_a_violation_before_it_has_come() {
    byte[] head = Arrays.copyOf(RawSocket.frame(0x82, new byte[1 << 16]), 2);
    assertViolation(head, ErrorCode.PAYLOAD_TOO_LARGE);
  }

  private void assertViolation(byte[] bytes, ErrorCode code) {
    assertThatThrownBy(() -> frame.read(Unpooled.wrappedBuffer(bytes), into))
        .isInstanceOfSatisfying(
            Violation.class, violation -> assertThat(violation.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 65_535})
  void our_own_heads_are_as_long_as_they_say(int length) {
    ByteBuf out = Unpooled.buffer();
    WebSocketFrame.writeHead(out, WebSocketFrame.BINARY, length);
    assertThat(out.readableBytes()).isEqualTo(WebSocketFrame.headBytes(length));
    assertThat(out.readUnsignedByte()).isEqualTo((short) 0x82);
    int announced = out.readUnsignedByte();
    assertThat(length < 126 ? announced : out.readUnsignedShort()).isEqualTo(length);
  }
}
