package io.bluetick.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.Drained;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.ServerFrameType;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FramesTest {

  @Test
  void a_frame_is_its_type_and_its_message() throws InvalidProtocolBufferException {
    Ping ping = Ping.newBuilder().setNumber(7).build();
    byte[] frame = Frames.encode(ClientFrameType.PING, ping);
    assertThat(frame).startsWith(ClientFrameType.PING.getNumber()).hasSize(3);
    assertThat(Frames.decode(Ping.parser(), frame, 0, frame.length)).isEqualTo(ping);
  }

  @Test
  void a_frame_without_fields_is_one_byte() {
    assertThat(Frames.encode(ServerFrameType.DRAINED, Drained.getDefaultInstance()))
        .containsExactly(ServerFrameType.DRAINED.getNumber());
  }

  @Test
  void a_ciphertext_is_not_copied_out_of_its_frame() throws InvalidProtocolBufferException {
    SendToAccount send =
        SendToAccount.newBuilder()
            .addDevices(
                DeviceCiphertext.newBuilder().setCiphertext(ByteString.copyFromUtf8("abcdef")))
            .build();
    byte[] frame = Frames.encode(ClientFrameType.SEND_TO_ACCOUNT, send);
    SendToAccount read = Frames.decode(SendToAccount.parser(), frame, 0, frame.length);
    frame[frame.length - 1] = 'X';
    assertThat(read.getDevices(0).getCiphertext().toStringUtf8()).isEqualTo("abcdeX");
  }

  @Test
  void fields_of_a_newer_peer_are_ignored() throws InvalidProtocolBufferException {
    UnknownFieldSet.Field field = UnknownFieldSet.Field.newBuilder().addVarint(1).build();
    Open newer =
        Open.newBuilder()
            .setAcknowledged(5)
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(99, field).build())
            .build();
    byte[] frame = Frames.encode(ClientFrameType.OPEN, newer);
    assertThat(Frames.decode(Open.parser(), frame, 0, frame.length).getAcknowledged()).isEqualTo(5);
  }

  @Test
  void what_is_no_message_is_told() {
    assertThatThrownBy(() -> Frames.decode(Ping.parser(), new byte[] {10, (byte) 0xff}, 0, 2))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  @Test
  void types_32_to_63_are_numbered_whether_known_or_not() {
    assertThat(IntStream.rangeClosed(Byte.MIN_VALUE, Byte.MAX_VALUE))
        .filteredOn(Frames::isOfNumberedKind)
        .containsExactlyElementsOf(IntStream.rangeClosed(32, 63).boxed().toList());
  }
}
