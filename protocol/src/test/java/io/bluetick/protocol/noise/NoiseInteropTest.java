package io.bluetick.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.southernstorm.noise.protocol.CipherState;
import com.southernstorm.noise.protocol.CipherStatePair;
import com.southernstorm.noise.protocol.HandshakeState;
import io.bluetick.protocol.noise.Peers.End;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Talks to another implementation of Noise, noise-java. */
class NoiseInteropTest {
  private static final String PROTOCOL = "Noise_IK_25519_AESGCM_SHA256";
  private static final int ROUNDS = 100;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 200, 60_000})
  void a_device_of_another_implementation_talks_to_our_server(int payloadBytes)
      throws GeneralSecurityException {
    HandshakeState device = other(HandshakeState.INITIATOR, Peers.DEVICE);
    device.getRemotePublicKey().setPublicKey(Peers.SERVER.publicKey(), 0);
    device.start();
    NoiseResponder server = Peers.responder();

    NoiseResponder.Opening opening = Peers.read(server, write(device, payload(payloadBytes, 'a')));
    assertThat(opening.devicePublicKey()).isEqualTo(Peers.DEVICE.publicKey());
    assertThat(opening.payload()).isEqualTo(payload(payloadBytes, 'a'));
    byte[] answer = read(device, server.write(payload(payloadBytes, 'b')));
    assertThat(answer).isEqualTo(payload(payloadBytes, 'b'));
    assertThat(device.getHandshakeHash()).isEqualTo(server.handshakeHash());

    talk(new End(server.channel()), device.split(), payloadBytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 200, 60_000})
  void our_device_talks_to_a_server_of_another_implementation(int payloadBytes)
      throws GeneralSecurityException {
    HandshakeState server = other(HandshakeState.RESPONDER, Peers.SERVER);
    server.start();
    NoiseInitiator device = Peers.initiator();

    byte[] opened = read(server, device.write(payload(payloadBytes, 'a')));
    assertThat(opened).isEqualTo(payload(payloadBytes, 'a'));
    byte[] devicePublicKey = new byte[StaticKeys.KEY_BYTES];
    server.getRemotePublicKey().getPublicKey(devicePublicKey, 0);
    assertThat(devicePublicKey).isEqualTo(Peers.DEVICE.publicKey());
    byte[] answer = Peers.read(device, write(server, payload(payloadBytes, 'b')));
    assertThat(answer).isEqualTo(payload(payloadBytes, 'b'));
    assertThat(server.getHandshakeHash()).isEqualTo(device.handshakeHash());

    talk(new End(device.channel()), server.split(), payloadBytes);
  }

  private static void talk(End ours, CipherStatePair theirs, int payloadBytes)
      throws GeneralSecurityException {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] plaintext = payload(payloadBytes, i);
      assertThat(decrypt(theirs.getReceiver(), ours.seal(plaintext))).isEqualTo(plaintext);
      assertThat(ours.open(encrypt(theirs.getSender(), plaintext))).isEqualTo(plaintext);
    }
  }

  private static HandshakeState other(int role, StaticKeys keys) throws GeneralSecurityException {
    HandshakeState state = new HandshakeState(PROTOCOL, role);
    state.setPrologue(Peers.PROLOGUE, 0, Peers.PROLOGUE.length);
    state.getLocalKeyPair().setPrivateKey(keys.privateKey(), 0);
    return state;
  }

  private static byte[] write(HandshakeState state, byte[] payload)
      throws GeneralSecurityException {
    byte[] message = new byte[NoiseCipher.MAX_MESSAGE_BYTES];
    int length = state.writeMessage(message, 0, payload, 0, payload.length);
    return Arrays.copyOf(message, length);
  }

  private static byte[] read(HandshakeState state, byte[] message) throws GeneralSecurityException {
    byte[] payload = new byte[NoiseCipher.MAX_MESSAGE_BYTES];
    int length = state.readMessage(message, 0, message.length, payload, 0);
    return Arrays.copyOf(payload, length);
  }

  private static byte[] encrypt(CipherState cipher, byte[] plaintext)
      throws GeneralSecurityException {
    byte[] message = new byte[plaintext.length + NoiseCipher.TAG_BYTES];
    cipher.encryptWithAd(null, plaintext, 0, message, 0, plaintext.length);
    return message;
  }

  private static byte[] decrypt(CipherState cipher, byte[] message)
      throws GeneralSecurityException {
    byte[] plaintext = new byte[message.length - NoiseCipher.TAG_BYTES];
    cipher.decryptWithAd(null, message, 0, plaintext, 0, message.length);
    return plaintext;
  }

  private static byte[] payload(int lengthBytes, int value) {
    byte[] payload = new byte[lengthBytes];
    Arrays.fill(payload, (byte) value);
    return payload;
  }
}
