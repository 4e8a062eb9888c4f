package io.bluetick.protocol.noise;

import static java.util.Objects.requireNonNull;

import io.bluetick.protocol.noise.Steps.Step;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The device's side of one handshake: {@link #write}, then {@link #read}, then {@link #channel}. A
 * message that is refused ends it. Not thread-safe.
 */
public final class NoiseInitiator {
  private final KeyPair device;
  private final KeyPair ephemeral;
  private final byte[] serverPublicKey;
  private final SymmetricState state;
  private final Steps steps = new Steps();
  private @Nullable NoiseChannel channel;

  /**
   * @param prologue what both sides must agree on without sending it
   * @param serverPublicKey the key that the client pins
   */
  public NoiseInitiator(
      byte[] prologue, StaticKeys device, byte[] serverPublicKey, SecureRandom random) {
    this(prologue, device, serverPublicKey, KeyPair.generate(random));
  }

  /** With a given ephemeral key, which this object will wipe. For tests. */
  NoiseInitiator(byte[] prologue, StaticKeys device, byte[] serverPublicKey, KeyPair ephemeral) {
    this.device = device.pair();
    this.ephemeral = ephemeral;
    this.serverPublicKey = KeyPair.copyOfKey(serverPublicKey);
    this.state = new SymmetricState(prologue, serverPublicKey);
  }

  /**
   * The first message. Whoever learns the server's private key later can read its payload, and
   * anyone can send it again.
   */
  public byte[] write(byte[] payload) {
    return steps.take(
        Step.FIRST_MESSAGE, Step.SECOND_MESSAGE, () -> firstMessage(payload), this::wipe);
  }

  /**
   * Reads the second message, by which the server has proved its key.
   *
   * @return its payload
   */
  public byte[] read(byte[] message, int off, int len) {
    byte[] payload =
        steps.take(
            Step.SECOND_MESSAGE,
            Step.CHANNEL,
            () ->
                secondPayload(Messages.received(message, off, len, Messages.SECOND_PAYLOAD_OFFSET)),
            this::wipe);
    wipe();
    return payload;
  }

  public NoiseChannel channel() {
    steps.require(Step.CHANNEL);
    return requireNonNull(channel);
  }

  byte[] handshakeHash() {
    steps.require(Step.CHANNEL);
    return state.hash();
  }

  private byte[] firstMessage(byte[] payload) {
    byte[] message = Messages.start(ephemeral, Messages.FIRST_PAYLOAD_OFFSET, payload);
    state.mixHash(ephemeral.publicKey());
    state.mixKey(ephemeral.agree(serverPublicKey));
    state.encryptAndHash(device.publicKey(), message, Messages.STATIC_OFFSET);
    state.mixKey(device.agree(serverPublicKey));
    state.encryptAndHash(payload, message, Messages.FIRST_PAYLOAD_OFFSET);
    return message;
  }

  private byte[] secondPayload(byte[] message) {
    byte[] serverEphemeral = Messages.ephemeralKey(message);
    state.mixHash(serverEphemeral);
    state.mixKey(ephemeral.agree(serverEphemeral));
    state.mixKey(device.agree(serverEphemeral));
    int offset = Messages.SECOND_PAYLOAD_OFFSET;
    byte[] payload =
        state
            .decryptAndHash(message, offset, message.length - offset)
            .orElseThrow(() -> new NoiseException(NoiseFault.FORGED));
    channel = NoiseChannel.ofInitiator(state.split());
    return payload;
  }

  private void wipe() {
    ephemeral.wipe();
    state.wipe();
  }
}
