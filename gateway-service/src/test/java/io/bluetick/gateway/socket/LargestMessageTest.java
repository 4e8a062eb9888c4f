package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.StoredMessage;
import io.bluetick.protocol.v1.Target;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is taken from a sender must fit in a frame to its recipient, or it would be lost there. */
class LargestMessageTest {
  private final AccountId bob = new AccountId(7, 8);
  private final RecordingTopic mailbox = new RecordingTopic();
  private final EmbeddedGateway gateway =
      new EmbeddedGateway(Map.of(), mailbox, new RecordingTopic());
  private final EmbeddedDevice device = EmbeddedDevice.open(gateway);

  private byte[] answerTo(int ciphertextBytes) {
    SendToAccount send =
        SendToAccount.newBuilder()
            .setCounter(1)
            .setAccount(bob.bytes())
            .addDevices(
                DeviceCiphertext.newBuilder()
                    .setCiphertext(ByteString.copyFrom(new byte[ciphertextBytes])))
            .build();
    device.say(Frames.encode(ClientFrameType.SEND_TO_ACCOUNT, send));
    gateway.runTasks();
    return device.opened(device.peer().received().getFirst());
  }

  @Test
  void what_would_not_fit_its_recipients_frame_is_refused() {
    byte[] answer = answerTo(FrameLimits.CIPHERTEXT_BYTES + 1);
    assertThat(answer[0]).isEqualTo((byte) ServerFrameType.REFUSED_VALUE);
    assertThat(EmbeddedDevice.parse(Refused.parser(), answer).getCode())
        .isEqualTo("payload-too-large");
    assertThat(mailbox.commands(command -> command.hasDeliver())).isEmpty();
  }

  @Test
  void the_largest_is_taken() {
    byte[] answer = answerTo(FrameLimits.CIPHERTEXT_BYTES);
    assertThat(answer[0]).isEqualTo((byte) ServerFrameType.ACCEPTED_VALUE);
  }

  @Test
  void the_largest_reaches_its_recipient_with_all_that_can_be_said_beside_it() {
    StoredMessage.Builder stored =
        StoredMessage.newBuilder()
            .setFrom(new DeviceAddress(bob, DeviceAddress.MAX_DEVICE).toProto())
            .setCounter(Long.MAX_VALUE)
            .setTimeMs(Long.MIN_VALUE)
            .setCiphertext(ByteString.copyFrom(new byte[FrameLimits.CIPHERTEXT_BYTES]))
            .setKind(CiphertextKind.PLAINTEXT)
            .setGroup(new AccountId(9, 9).bytes())
            .setPriority(Priority.BACKGROUND);
    Target target =
        Target.newBuilder()
            .setConnection(device.peer().connection.number())
            .setEpoch(Objects.requireNonNull(device.session()).epoch)
            .setSequence(Long.MAX_VALUE)
            .build();
    gateway.sockets.deliver(
        OutboundBatch.newBuilder()
            .addDeliveries(Delivery.newBuilder().addTargets(target).setMessage(stored))
            .build(),
        () -> {});
    gateway.runTasks();
    byte[] frame = device.opened(device.peer().received().getFirst());
    assertThat(EmbeddedDevice.parse(Message.parser(), frame).getCiphertext().size())
        .isEqualTo(FrameLimits.CIPHERTEXT_BYTES);
  }
}
