package io.bluetick.client.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.ServerFrameType;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  private static final AccountId ANN = new AccountId(0, 1);
  private static final Heard.Author AUTHOR = new Heard.Author(new DeviceAddress(ANN, 2), 5);

  private final FrameReader reader = new FrameReader(100, 1_000);

  private Heard.Stanza stanza(ServerFrameType type, MessageLite message)
      throws InvalidProtocolBufferException {
    return (Heard.Stanza) reader.read(Frames.encode(type, message));
  }

  private static Message.Builder message() {
    return Message.newBuilder()
        .setSequenceDelta(10)
        .setTimeDeltaMs(-5)
        .setFrom(1)
        .setCounter(3)
        .setCiphertext(ByteString.copyFromUtf8("sealed"));
  }

  @Test
  void sequences_times_and_authors_go_on_from_the_frame_before() throws Exception {
    Heard.Stanza first =
        stanza(
            ServerFrameType.MESSAGE,
            message().setAccount(ANN.bytes()).setDevice(2).setRegistration(5).build());
    assertThat(first.sequence()).isEqualTo(110);
    assertThat(first.timeMs()).isEqualTo(995);
    assertThat(((Heard.Message) first.body()).author()).isEqualTo(AUTHOR);

    Heard.Stanza second =
        stanza(
            ServerFrameType.RECEIPT,
            Receipt.newBuilder()
                .setSequenceDelta(1)
                .setFrom(1)
                .setKind(ReceiptKind.READ)
                .addCounters(9)
                .build());
    assertThat(second.sequence()).isEqualTo(111);
    assertThat(second.body()).isEqualTo(new Heard.Receipt(AUTHOR, ReceiptKind.READ, List.of(9L)));
  }

  @Test
  void a_stanza_of_a_later_version_counts_and_teaches_its_author() throws Exception {
    byte[] frame =
        Frames.encode(ServerFrameType.MESSAGE, message().setAccount(ANN.bytes()).build());
    frame[0] = 63;
    Heard.Stanza unknown = (Heard.Stanza) reader.read(frame);
    assertThat(unknown).isEqualTo(new Heard.Stanza(110, 995, new Heard.Unknown()));
    assertThat(stanza(ServerFrameType.MESSAGE, message().build()).sequence()).isEqualTo(120);
  }

  @Test
  void what_is_ephemeral_has_no_sequence() throws Exception {
    Message ephemeral = message().setSequenceDelta(0).setAccount(ANN.bytes()).build();
    assertThat(stanza(ServerFrameType.MESSAGE, ephemeral).sequence()).isZero();
  }

  @Test
  void an_alias_that_was_never_defined_breaks_the_contract() {
    assertThatThrownBy(() -> stanza(ServerFrameType.MESSAGE, message().build()))
        .isInstanceOf(InvalidProtocolBufferException.class);
    Message tooHigh = message().setFrom(1 << 20).setAccount(ANN.bytes()).build();
    assertThatThrownBy(() -> stanza(ServerFrameType.MESSAGE, tooHigh))
        .isInstanceOf(InvalidProtocolBufferException.class);
  }

  @Test
  void a_frame_of_an_unknown_type_is_ignored() throws Exception {
    assertThat(reader.read(new byte[] {31})).isInstanceOf(Heard.Other.class);
  }
}
