package io.bluetick.protocol.noise;

import static io.bluetick.protocol.noise.Faults.faultOf;
import static io.bluetick.protocol.noise.Peers.bytes;
import static io.bluetick.protocol.noise.Peers.withFlippedBit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.noise.Peers.Connection;
import io.bluetick.protocol.noise.Peers.End;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseChannelTest {
  private static final byte[] TEXT = bytes("ten o'clock at the station");
  private static final int LARGEST = NoiseCipher.MAX_MESSAGE_BYTES - NoiseCipher.TAG_BYTES;

  private final Connection connection = Peers.connect();
  private final End device = connection.device();
  private final End server = connection.server();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 200, 4_096, LARGEST})
  void messages_of_every_length_arrive_in_both_directions(int lengthBytes) {
    byte[] text = new byte[lengthBytes];
    Arrays.fill(text, (byte) 7);
    assertThat(server.open(device.seal(text))).isEqualTo(text);
    assertThat(device.open(server.seal(text))).isEqualTo(text);
  }

  @Test
  void directions_do_not_wait_for_each_other() {
    byte[] one = device.seal(bytes("1"));
    byte[] two = device.seal(bytes("2"));
    byte[] answer = server.seal(bytes("3"));
    assertThat(device.open(answer)).isEqualTo(bytes("3"));
    assertThat(server.open(one)).isEqualTo(bytes("1"));
    assertThat(server.open(two)).isEqualTo(bytes("2"));
  }

  @Test
  void one_cipher_serves_many_channels() {
    NoiseCipher shared = new NoiseCipher();
    Connection other = Peers.connect();
    End one = new End(server.channel(), shared);
    End two = new End(other.server().channel(), shared);
    for (int i = 0; i < 100; i++) {
      byte[] text = bytes("message " + i);
      assertThat(one.open(device.seal(text))).isEqualTo(text);
      assertThat(two.open(other.device().seal(text))).isEqualTo(text);
      assertThat(device.open(one.seal(text))).isEqualTo(text);
      assertThat(other.device().open(two.seal(text))).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 200, 4_096, LARGEST})
  void sealing_and_opening_work_in_place(int lengthBytes) {
    byte[] buffer = new byte[lengthBytes + NoiseCipher.TAG_BYTES + 5];
    Arrays.fill(buffer, (byte) 9);
    byte[] before = buffer.clone();

    int sealed = device.cipher().seal(device.channel(), buffer, 5, lengthBytes, buffer, 5);
    assertThat(sealed).isEqualTo(lengthBytes + NoiseCipher.TAG_BYTES);
    int opened = server.cipher().open(server.channel(), buffer, 5, sealed, buffer, 5);
    assertThat(opened).isEqualTo(lengthBytes);
    assertThat(Arrays.copyOf(buffer, 5 + opened)).isEqualTo(Arrays.copyOf(before, 5 + opened));
  }

  @Test
  void in_place_gives_the_same_bytes_as_apart() {
    byte[] keys = new byte[64];
    End apart = new End(new NoiseChannel(keys.clone(), 5, 0));
    End within = new End(new NoiseChannel(keys.clone(), 5, 0));
    byte[] buffer = Arrays.copyOf(TEXT, TEXT.length + NoiseCipher.TAG_BYTES);
    within.cipher().seal(within.channel(), buffer, 0, TEXT.length, buffer, 0);
    assertThat(buffer).isEqualTo(apart.seal(TEXT));
  }

  @Test
  void every_altered_bit_closes_the_channel() {
    byte[] message = device.seal(TEXT);
    for (int bit = 0; bit < 8 * message.length; bit++) {
      End reader = copyOf(server);
      byte[] altered = withFlippedBit(message, bit);
      assertThat(faultOf(() -> reader.open(altered)))
          .as("bit %d", bit)
          .isEqualTo(NoiseFault.FORGED);
      assertThat(faultOf(() -> reader.open(message))).isEqualTo(NoiseFault.CLOSED);
    }
    assertThat(server.open(message)).isEqualTo(TEXT);
  }

  @Test
  void every_truncation_closes_the_channel() {
    byte[] message = device.seal(TEXT);
    for (int length = 0; length < message.length; length++) {
      End reader = copyOf(server);
      byte[] truncated = Arrays.copyOf(message, length);
      assertThat(faultOf(() -> reader.open(truncated)))
          .as("%d bytes", length)
          .isEqualTo(length < NoiseCipher.TAG_BYTES ? NoiseFault.TRUNCATED : NoiseFault.FORGED);
      assertThat(reader.channel().isClosed()).isTrue();
    }
  }

  @Test
  void a_forged_message_writes_no_plaintext() {
    byte[] altered = withFlippedBit(device.seal(TEXT), 0);
    byte[] out = new byte[TEXT.length];
    assertThat(
            faultOf(
                () -> server.cipher().open(server.channel(), altered, 0, altered.length, out, 0)))
        .isEqualTo(NoiseFault.FORGED);
    assertThat(out).containsOnly(0);
  }

  @Test
  void a_cipher_goes_on_with_other_channels_after_a_forgery() {
    NoiseCipher shared = new NoiseCipher();
    Connection other = Peers.connect();
    byte[] altered = withFlippedBit(device.seal(TEXT), 3);
    assertThat(faultOf(() -> new End(server.channel(), shared).open(altered)))
        .isEqualTo(NoiseFault.FORGED);
    byte[] genuine = other.device().seal(TEXT);
    assertThat(new End(other.server().channel(), shared).open(genuine)).isEqualTo(TEXT);
  }

  @Test
  void a_replayed_message_closes_the_channel() {
    byte[] message = device.seal(TEXT);
    assertThat(server.open(message)).isEqualTo(TEXT);
    assertThat(faultOf(() -> server.open(message))).isEqualTo(NoiseFault.FORGED);
  }

  @Test
  void a_message_out_of_order_closes_the_channel() {
    byte[] first = device.seal(TEXT);
    byte[] second = device.seal(TEXT);
    assertThat(faultOf(() -> server.open(second))).isEqualTo(NoiseFault.FORGED);
    assertThat(faultOf(() -> server.open(first))).isEqualTo(NoiseFault.CLOSED);
  }

  @Test
  void a_message_sent_back_to_its_sender_closes_the_channel() {
    byte[] message = device.seal(TEXT);
    assertThat(faultOf(() -> device.open(message))).isEqualTo(NoiseFault.FORGED);
  }

  @Test
  void a_closed_channel_keeps_no_key_and_refuses_everything() {
    byte[] message = device.seal(TEXT);
    server.channel().close();
    assertThat(server.channel().isClosed()).isTrue();
    assertThat(server.channel().keys).containsOnly(0);
    assertThat(server.channel()).hasToString("NoiseChannel[closed]");
    assertThat(faultOf(() -> server.open(message))).isEqualTo(NoiseFault.CLOSED);
    assertThat(faultOf(() -> server.open(new byte[0]))).isEqualTo(NoiseFault.CLOSED);
    assertThat(faultOf(() -> server.seal(TEXT))).isEqualTo(NoiseFault.CLOSED);
  }

  @Test
  void an_oversized_message_closes_the_channel() {
    assertThat(faultOf(() -> server.open(new byte[NoiseCipher.MAX_MESSAGE_BYTES + 1])))
        .isEqualTo(NoiseFault.TOO_LONG);
    assertThat(server.channel().isClosed()).isTrue();
  }

  @Test
  void a_message_longer_than_the_room_for_it_closes_the_channel() {
    byte[] message = device.seal(TEXT);
    byte[] room = new byte[TEXT.length];
    assertThat(
            faultOf(
                () -> server.cipher().open(server.channel(), message, 0, message.length, room, 1)))
        .isEqualTo(NoiseFault.TOO_LONG);
    assertThat(server.channel().isClosed()).isTrue();
  }

  @Test
  void a_text_too_long_to_be_sent_leaves_the_channel_as_it_was() {
    assertThat(faultOf(() -> device.seal(new byte[LARGEST + 1]))).isEqualTo(NoiseFault.TOO_LONG);
    assertThat(server.open(device.seal(TEXT))).isEqualTo(TEXT);
  }

  @Test
  void mistakes_of_the_caller_leave_the_channel_as_it_was() {
    byte[] room = new byte[100];
    NoiseCipher cipher = device.cipher();
    assertThatThrownBy(() -> cipher.seal(device.channel(), room, 90, 11, new byte[100], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cipher.seal(device.channel(), room, 0, 85, new byte[100], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cipher.seal(device.channel(), room, 0, 20, room, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> cipher.open(device.channel(), room, 90, 11, new byte[100], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cipher.open(device.channel(), room, 0, 50, new byte[100], 101))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> cipher.open(device.channel(), room, 0, 50, room, 10))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(device.open(server.seal(TEXT))).isEqualTo(TEXT);
    assertThat(server.open(device.seal(TEXT))).isEqualTo(TEXT);
  }

  @Test
  void a_channel_ends_before_its_numbers_do() {
    NoiseChannel last =
        new NoiseChannel(new byte[64], NoiseChannel.NONCE_LIMIT, NoiseChannel.NONCE_LIMIT);
    assertThat(faultOf(() -> new End(last).seal(TEXT))).isEqualTo(NoiseFault.NONCE_EXHAUSTED);
    assertThat(faultOf(() -> new End(last).open(new byte[16])))
        .isEqualTo(NoiseFault.NONCE_EXHAUSTED);
    End lastButOne = new End(new NoiseChannel(new byte[64], NoiseChannel.NONCE_LIMIT - 1, 0));
    assertThat(lastButOne.seal(TEXT)).hasSize(TEXT.length + NoiseCipher.TAG_BYTES);
    assertThat(faultOf(() -> lastButOne.seal(TEXT))).isEqualTo(NoiseFault.NONCE_EXHAUSTED);
  }

  private static End copyOf(End end) {
    NoiseChannel channel = end.channel();
    return new End(
        new NoiseChannel(channel.keys.clone(), channel.sendingNonce, channel.receivingNonce),
        end.cipher());
  }
}
