package io.bluetick.protocol.noise;

import static io.bluetick.protocol.noise.Faults.faultOf;
import static io.bluetick.protocol.noise.Peers.DEVICE;
import static io.bluetick.protocol.noise.Peers.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every point of low order, in each place where a peer can put a key. */
class LowOrderKeyTest {
  private static final byte[] PAYLOAD = Peers.bytes("payload");

  /** The last two are the first two again, written as numbers not below the prime. */
  private static final List<String> POINTS =
      List.of(
          "0000000000000000000000000000000000000000000000000000000000000000",
          "0100000000000000000000000000000000000000000000000000000000000000",
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  /** Each point, and again with the highest bit set, which X25519 ignores. */
  static Stream<byte[]> points() {
    return POINTS.stream()
        .map(HexFormat.of()::parseHex)
        .flatMap(point -> Stream.of(point, Peers.withFlippedBit(point, 255)));
  }

  @ParameterizedTest
  @MethodSource("points")
  void is_refused_as_ephemeral_key_of_a_device(byte[] point) {
    byte[] message = Peers.initiator().write(PAYLOAD);
    System.arraycopy(point, 0, message, 0, point.length);
    assertThat(faultOf(() -> Peers.read(Peers.responder(), message)))
        .isEqualTo(NoiseFault.LOW_ORDER_KEY);
  }

  @ParameterizedTest
  @MethodSource("points")
  void is_refused_as_static_key_of_a_device(byte[] point) {
    StaticKeys device = new StaticKeys(new KeyPair(DEVICE.privateKey(), point));
    byte[] message = Peers.initiator(device, SERVER.publicKey()).write(PAYLOAD);
    assertThat(faultOf(() -> Peers.read(Peers.responder(), message)))
        .isEqualTo(NoiseFault.LOW_ORDER_KEY);
  }

  @ParameterizedTest
  @MethodSource("points")
  void is_refused_as_ephemeral_key_of_a_server(byte[] point) {
    NoiseInitiator device = Peers.initiator();
    NoiseResponder server =
        new NoiseResponder(
            Peers.PROLOGUE, List.of(SERVER), () -> new KeyPair(Peers.filled(4), point));
    Peers.read(server, device.write(PAYLOAD));
    byte[] message = server.write(PAYLOAD);
    assertThat(faultOf(() -> Peers.read(device, message))).isEqualTo(NoiseFault.LOW_ORDER_KEY);
  }

  @ParameterizedTest
  @MethodSource("points")
  void is_refused_as_pinned_key_of_a_server(byte[] point) {
    NoiseInitiator device = Peers.initiator(DEVICE, point);
    assertThat(faultOf(() -> device.write(PAYLOAD))).isEqualTo(NoiseFault.LOW_ORDER_KEY);
  }
}
