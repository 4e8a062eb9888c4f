package io.bluetick.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StaticKeysTest {
  private static final HexFormat HEX = HexFormat.of();

  /** Bob's keys in RFC 7748, section 6.1. */
  @Test
  void public_key_is_that_of_the_standard() {
    StaticKeys keys =
        StaticKeys.ofPrivate(
            HEX.parseHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));
    assertThat(keys.publicKey())
        .isEqualTo(
            HEX.parseHex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"));
  }

  @Test
  void a_stored_private_key_gives_the_same_pair() {
    StaticKeys keys = StaticKeys.generate(new SecureRandom());
    StaticKeys restored = StaticKeys.ofPrivate(keys.privateKey());
    assertThat(restored.publicKey()).isEqualTo(keys.publicKey());
    assertThat(restored.privateKey()).isEqualTo(keys.privateKey());
  }

  @Test
  void two_generated_pairs_differ() {
    SecureRandom random = new SecureRandom();
    assertThat(StaticKeys.generate(random).publicKey())
        .isNotEqualTo(StaticKeys.generate(random).publicKey());
  }

  @Test
  void whoever_holds_a_copy_cannot_change_the_pair() {
    byte[] privateKey = Peers.filled(7);
    StaticKeys keys = StaticKeys.ofPrivate(privateKey);
    byte[] publicKey = keys.publicKey();
    privateKey[0]++;
    keys.privateKey()[0]++;
    keys.publicKey()[0]++;
    assertThat(keys.publicKey()).isEqualTo(publicKey);
    assertThat(keys.privateKey()).isEqualTo(Peers.filled(7));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33})
  void a_key_of_another_length_is_refused(int lengthBytes) {
    byte[] key = new byte[lengthBytes];
    assertThatThrownBy(() -> StaticKeys.ofPrivate(key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Peers.initiator(Peers.DEVICE, key))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void no_text_shows_a_key() {
    NoiseInitiator initiator = Peers.initiator();
    NoiseResponder responder = Peers.responder();
    NoiseResponder.Opening opening = Peers.read(responder, initiator.write(Peers.bytes("payload")));
    Peers.read(initiator, responder.write(Peers.bytes("payload")));

    assertThat(Peers.DEVICE).hasToString("StaticKeys");
    assertThat(opening).hasToString("Opening");
    assertThat(initiator.channel()).hasToString("NoiseChannel[sent=0, received=0]");
    // The text of every object without one of its own.
    assertThat(List.of(initiator, responder, Peers.DEVICE.pair()))
        .allSatisfy(holder -> assertThat(holder.toString()).matches(".*\\w+@\\p{XDigit}+"));
  }
}
