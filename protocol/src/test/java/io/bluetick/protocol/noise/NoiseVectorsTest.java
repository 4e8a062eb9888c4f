package io.bluetick.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.noise.Peers.End;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published vectors of the Noise implementation "cacophony". */
class NoiseVectorsTest {
  private static final String VECTORS = "/vectors/noise-cacophony.json";

  @ParameterizedTest
  @MethodSource("vectors")
  void every_byte_is_that_of_the_vectors(JsonNode vector) {
    NoiseInitiator initiator =
        new NoiseInitiator(
            hex(vector, "init_prologue"),
            StaticKeys.ofPrivate(hex(vector, "init_static")),
            hex(vector, "init_remote_static"),
            KeyPair.ofSecret(hex(vector, "init_ephemeral")));
    NoiseResponder responder =
        new NoiseResponder(
            hex(vector, "resp_prologue"),
            List.of(StaticKeys.ofPrivate(hex(vector, "resp_static"))),
            () -> KeyPair.ofSecret(hex(vector, "resp_ephemeral")));
    List<JsonNode> messages = vector.get("messages").valueStream().toList();

    byte[] first = ciphertext(messages, 0);
    assertThat(initiator.write(payload(messages, 0))).isEqualTo(first);
    assertThat(Peers.read(responder, first).payload()).isEqualTo(payload(messages, 0));
    byte[] second = ciphertext(messages, 1);
    assertThat(responder.write(payload(messages, 1))).isEqualTo(second);
    assertThat(Peers.read(initiator, second)).isEqualTo(payload(messages, 1));
    assertThat(initiator.handshakeHash()).isEqualTo(hex(vector, "handshake_hash"));
    assertThat(responder.handshakeHash()).isEqualTo(hex(vector, "handshake_hash"));

    End device = new End(initiator.channel());
    End server = new End(responder.channel());
    for (int i = 2; i < messages.size(); i++) {
      End sender = i % 2 == 0 ? device : server;
      End receiver = i % 2 == 0 ? server : device;
      assertThat(sender.seal(payload(messages, i))).isEqualTo(ciphertext(messages, i));
      assertThat(receiver.open(ciphertext(messages, i))).isEqualTo(payload(messages, i));
    }
  }

  static Stream<JsonNode> vectors() throws IOException {
    try (InputStream json =
        Objects.requireNonNull(NoiseVectorsTest.class.getResourceAsStream(VECTORS))) {
      JsonNode vectors = JsonMapper.shared().readTree(json).get("vectors");
      return vectors
          .valueStream()
          .filter(v -> v.get("protocol_name").asString().equals("Noise_IK_25519_AESGCM_SHA256"));
    }
  }

  private static byte[] payload(List<JsonNode> messages, int index) {
    return hex(messages.get(index), "payload");
  }

  private static byte[] ciphertext(List<JsonNode> messages, int index) {
    return hex(messages.get(index), "ciphertext");
  }

  private static byte[] hex(JsonNode node, String field) {
    return HexFormat.of().parseHex(node.get(field).asString());
  }
}
