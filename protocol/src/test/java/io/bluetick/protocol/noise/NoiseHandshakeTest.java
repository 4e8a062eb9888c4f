package io.bluetick.protocol.noise;

import static io.bluetick.protocol.noise.Faults.faultOf;
import static io.bluetick.protocol.noise.Peers.DEVICE;
import static io.bluetick.protocol.noise.Peers.OTHER;
import static io.bluetick.protocol.noise.Peers.SERVER;
import static io.bluetick.protocol.noise.Peers.bytes;
import static io.bluetick.protocol.noise.Peers.withFlippedBit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.noise.Peers.End;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NoiseHandshakeTest {
  private static final byte[] HELLO = bytes("hello");
  private static final byte[] WELCOME = bytes("welcome");

  @Test
  void both_sides_learn_the_payload_and_the_server_the_device() {
    NoiseInitiator device = Peers.initiator();
    NoiseResponder server = Peers.responder();

    NoiseResponder.Opening opening = Peers.read(server, device.write(HELLO));
    assertThat(opening.payload()).isEqualTo(HELLO);
    assertThat(opening.devicePublicKey()).isEqualTo(DEVICE.publicKey());
    assertThat(Peers.read(device, server.write(WELCOME))).isEqualTo(WELCOME);
    assertThat(device.handshakeHash()).isEqualTo(server.handshakeHash());

    byte[] sealed = new End(device.channel()).seal(bytes("first"));
    assertThat(new End(server.channel()).open(sealed)).isEqualTo(bytes("first"));
  }

  @Test
  void messages_are_read_from_within_a_larger_buffer() {
    NoiseInitiator device = Peers.initiator();
    NoiseResponder server = Peers.responder();
    byte[] first = device.write(HELLO);
    assertThat(server.read(padded(first), 3, first.length).payload()).isEqualTo(HELLO);
    byte[] second = server.write(WELCOME);
    assertThat(device.read(padded(second), 3, second.length)).isEqualTo(WELCOME);
  }

  @Test
  void what_the_caller_does_with_the_device_key_does_not_harm_the_handshake() {
    NoiseInitiator device = Peers.initiator();
    NoiseResponder server = Peers.responder();
    Arrays.fill(Peers.read(server, device.write(HELLO)).devicePublicKey(), (byte) 0);
    assertThat(Peers.read(device, server.write(WELCOME))).isEqualTo(WELCOME);
  }

  @Test
  void two_handshakes_of_the_same_peers_share_no_byte_of_keys() {
    byte[] first = Peers.connect().device().seal(new byte[32]);
    byte[] second = Peers.connect().device().seal(new byte[32]);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void every_altered_bit_of_the_first_message_is_refused() {
    byte[] message = Peers.initiator().write(HELLO);
    int staticKeyEndBit = 8 * Messages.FIRST_PAYLOAD_OFFSET;
    for (int bit = 0; bit < 8 * message.length; bit++) {
      byte[] altered = withFlippedBit(message, bit);
      assertThat(faultOf(() -> Peers.read(Peers.responder(), altered)))
          .as("bit %d", bit)
          .isEqualTo(bit < staticKeyEndBit ? NoiseFault.UNKNOWN_SERVER_KEY : NoiseFault.FORGED);
    }
  }

  @Test
  void every_altered_bit_of_the_second_message_is_refused() {
    byte[] ephemeral = KeyPair.generate(new SecureRandom()).secretKey();
    NoiseResponder server = Peers.responder();
    Peers.read(server, initiatorWith(ephemeral).write(HELLO));
    byte[] message = server.write(WELCOME);
    for (int bit = 0; bit < 8 * message.length; bit++) {
      byte[] altered = withFlippedBit(message, bit);
      NoiseInitiator device = waitingWith(ephemeral);
      assertThat(faultOf(() -> Peers.read(device, altered)))
          .as("bit %d", bit)
          .isEqualTo(NoiseFault.FORGED);
      assertThatThrownBy(device::channel).isInstanceOf(IllegalStateException.class);
    }
    // The unaltered one is read, so the others were refused for their bit.
    assertThat(Peers.read(waitingWith(ephemeral), message)).isEqualTo(WELCOME);
  }

  @Test
  void every_truncation_of_the_first_message_is_refused() {
    byte[] message = Peers.initiator().write(HELLO);
    for (int length = 0; length < message.length; length++) {
      int read = length;
      boolean possible = length >= Messages.FIRST_PAYLOAD_OFFSET + NoiseCipher.TAG_BYTES;
      assertThat(faultOf(() -> Peers.responder().read(message, 0, read)))
          .as("%d bytes", length)
          .isEqualTo(possible ? NoiseFault.FORGED : NoiseFault.TRUNCATED);
    }
  }

  @Test
  void every_truncation_of_the_second_message_is_refused() {
    byte[] ephemeral = KeyPair.generate(new SecureRandom()).secretKey();
    NoiseResponder server = Peers.responder();
    Peers.read(server, initiatorWith(ephemeral).write(HELLO));
    byte[] message = server.write(WELCOME);
    for (int length = 0; length < message.length; length++) {
      int read = length;
      boolean possible = length >= Messages.SECOND_PAYLOAD_OFFSET + NoiseCipher.TAG_BYTES;
      assertThat(faultOf(() -> waitingWith(ephemeral).read(message, 0, read)))
          .as("%d bytes", length)
          .isEqualTo(possible ? NoiseFault.FORGED : NoiseFault.TRUNCATED);
    }
  }

  @Test
  void an_appended_byte_is_refused() {
    byte[] message = Peers.initiator().write(HELLO);
    byte[] longer = Arrays.copyOf(message, message.length + 1);
    assertThat(faultOf(() -> Peers.read(Peers.responder(), longer))).isEqualTo(NoiseFault.FORGED);
  }

  @Test
  void the_longest_messages_are_carried_and_longer_ones_refused() {
    NoiseInitiator device = Peers.initiator();
    NoiseResponder server = Peers.responder();
    byte[] largestFirst = new byte[NoiseCipher.MAX_MESSAGE_BYTES - 96];
    byte[] first = device.write(largestFirst);
    assertThat(first).hasSize(NoiseCipher.MAX_MESSAGE_BYTES);
    assertThat(Peers.read(server, first).payload()).isEqualTo(largestFirst);
    byte[] largestSecond = new byte[NoiseCipher.MAX_MESSAGE_BYTES - 48];
    byte[] second = server.write(largestSecond);
    assertThat(second).hasSize(NoiseCipher.MAX_MESSAGE_BYTES);
    assertThat(Peers.read(device, second)).isEqualTo(largestSecond);

    byte[] tooLong = new byte[NoiseCipher.MAX_MESSAGE_BYTES + 1];
    assertThat(faultOf(() -> Peers.read(Peers.responder(), tooLong)))
        .isEqualTo(NoiseFault.TOO_LONG);
    NoiseInitiator waiting = Peers.initiator();
    byte[] written = waiting.write(HELLO);
    assertThat(faultOf(() -> Peers.read(waiting, tooLong))).isEqualTo(NoiseFault.TOO_LONG);
    assertThat(faultOf(() -> Peers.initiator().write(new byte[largestFirst.length + 1])))
        .isEqualTo(NoiseFault.TOO_LONG);
    NoiseResponder answering = Peers.responder();
    Peers.read(answering, written);
    assertThat(faultOf(() -> answering.write(new byte[largestSecond.length + 1])))
        .isEqualTo(NoiseFault.TOO_LONG);
  }

  @Test
  void a_message_for_another_server_is_refused() {
    byte[] message = Peers.initiator(DEVICE, OTHER.publicKey()).write(HELLO);
    assertThat(faultOf(() -> Peers.read(Peers.responder(), message)))
        .isEqualTo(NoiseFault.UNKNOWN_SERVER_KEY);
    assertThat(faultOf(() -> Peers.read(Peers.responder(SERVER, DEVICE), message)))
        .isEqualTo(NoiseFault.UNKNOWN_SERVER_KEY);
  }

  @Test
  void the_previous_server_key_is_still_accepted() {
    NoiseInitiator device = Peers.initiator(DEVICE, OTHER.publicKey());
    NoiseResponder server = Peers.responder(SERVER, OTHER);
    assertThat(Peers.read(server, device.write(HELLO)).payload()).isEqualTo(HELLO);
    assertThat(Peers.read(device, server.write(WELCOME))).isEqualTo(WELCOME);
  }

  @Test
  void a_server_without_the_pinned_key_cannot_answer() {
    NoiseInitiator device = Peers.initiator(DEVICE, OTHER.publicKey());
    device.write(HELLO);
    NoiseResponder impostor = Peers.responder();
    Peers.read(impostor, Peers.initiator().write(HELLO));
    byte[] answer = impostor.write(WELCOME);
    assertThat(faultOf(() -> Peers.read(device, answer))).isEqualTo(NoiseFault.FORGED);
  }

  @Test
  void peers_that_differ_in_the_prologue_do_not_meet() {
    NoiseResponder server =
        new NoiseResponder(bytes("another"), List.of(SERVER), new SecureRandom());
    byte[] message = Peers.initiator().write(HELLO);
    assertThat(faultOf(() -> Peers.read(server, message))).isEqualTo(NoiseFault.UNKNOWN_SERVER_KEY);
  }

  @Test
  void a_device_cannot_claim_the_key_of_another() {
    KeyPair claimed = new KeyPair(OTHER.privateKey(), DEVICE.publicKey());
    byte[] message = Peers.initiator(new StaticKeys(claimed), SERVER.publicKey()).write(HELLO);
    assertThat(faultOf(() -> Peers.read(Peers.responder(), message))).isEqualTo(NoiseFault.FORGED);
  }

  /** Why the gateway waits for a frame on the channel before it acts for a device. */
  @Test
  void a_replayed_first_message_is_accepted_but_its_sender_cannot_go_on() {
    NoiseInitiator device = Peers.initiator();
    NoiseResponder server = Peers.responder();
    byte[] first = device.write(HELLO);
    Peers.read(server, first);
    Peers.read(device, server.write(WELCOME));
    byte[] recorded = new End(device.channel()).seal(bytes("send"));

    NoiseResponder again = Peers.responder();
    assertThat(Peers.read(again, first).devicePublicKey()).isEqualTo(DEVICE.publicKey());
    again.write(WELCOME);
    assertThat(faultOf(() -> new End(again.channel()).open(recorded))).isEqualTo(NoiseFault.FORGED);
  }

  @Test
  void a_failed_step_ends_the_handshake() {
    NoiseResponder server = Peers.responder();
    byte[] first = Peers.initiator().write(HELLO);
    assertThat(faultOf(() -> Peers.read(server, withFlippedBit(first, 0))))
        .isEqualTo(NoiseFault.UNKNOWN_SERVER_KEY);
    assertOutOfOrder(() -> Peers.read(server, first));
    assertOutOfOrder(() -> server.write(WELCOME));
    assertOutOfOrder(server::channel);

    NoiseInitiator device = Peers.initiator();
    device.write(HELLO);
    assertThat(faultOf(() -> Peers.read(device, new byte[100])))
        .isEqualTo(NoiseFault.LOW_ORDER_KEY);
    assertOutOfOrder(() -> Peers.read(device, new byte[100]));
    assertOutOfOrder(device::channel);
  }

  @Test
  void steps_are_taken_in_order_and_once() {
    NoiseInitiator device = Peers.initiator();
    NoiseResponder server = Peers.responder();
    assertOutOfOrder(() -> device.read(new byte[48], 0, 48));
    assertOutOfOrder(device::channel);
    assertOutOfOrder(device::handshakeHash);
    assertOutOfOrder(() -> server.write(WELCOME));
    assertOutOfOrder(server::channel);
    assertOutOfOrder(server::handshakeHash);

    byte[] first = device.write(HELLO);
    assertOutOfOrder(() -> device.write(HELLO));
    Peers.read(server, first);
    assertOutOfOrder(() -> Peers.read(server, first));
    assertOutOfOrder(server::channel);
    byte[] second = server.write(WELCOME);
    assertOutOfOrder(() -> server.write(WELCOME));
    Peers.read(device, second);
    assertOutOfOrder(() -> Peers.read(device, second));
    assertThat(device.channel()).isSameAs(device.channel());
    assertThat(server.channel()).isSameAs(server.channel());
  }

  @Test
  void a_server_without_keys_is_a_mistake() {
    assertThatThrownBy(() -> new NoiseResponder(Peers.PROLOGUE, List.of(), new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ephemeral_secrets_are_wiped() {
    KeyPair ofDevice = KeyPair.ofSecret(Peers.filled(8));
    KeyPair ofServer = KeyPair.ofSecret(Peers.filled(9));
    NoiseInitiator device =
        new NoiseInitiator(Peers.PROLOGUE, DEVICE, SERVER.publicKey(), ofDevice);
    NoiseResponder server = new NoiseResponder(Peers.PROLOGUE, List.of(SERVER), () -> ofServer);
    Peers.read(server, device.write(HELLO));
    Peers.read(device, server.write(WELCOME));
    assertThat(ofDevice.secretKey()).containsOnly(0);
    assertThat(ofServer.secretKey()).containsOnly(0);

    KeyPair ofFailed = KeyPair.ofSecret(Peers.filled(8));
    NoiseInitiator failed =
        new NoiseInitiator(Peers.PROLOGUE, DEVICE, SERVER.publicKey(), ofFailed);
    failed.write(HELLO);
    assertThat(faultOf(() -> Peers.read(failed, new byte[5]))).isEqualTo(NoiseFault.TRUNCATED);
    assertThat(ofFailed.secretKey()).containsOnly(0);
  }

  private static void assertOutOfOrder(ThrowingCallable step) {
    assertThatThrownBy(step).isExactlyInstanceOf(IllegalStateException.class);
  }

  private static NoiseInitiator initiatorWith(byte[] ephemeral) {
    return new NoiseInitiator(
        Peers.PROLOGUE, DEVICE, SERVER.publicKey(), KeyPair.ofSecret(ephemeral));
  }

  /** A device that has sent the same first message as every other with this ephemeral key. */
  private static NoiseInitiator waitingWith(byte[] ephemeral) {
    NoiseInitiator device = initiatorWith(ephemeral);
    device.write(HELLO);
    return device;
  }

  private static byte[] padded(byte[] message) {
    byte[] buffer = new byte[message.length + 10];
    Arrays.fill(buffer, (byte) 0x55);
    System.arraycopy(message, 0, buffer, 3, message.length);
    return buffer;
  }
}
