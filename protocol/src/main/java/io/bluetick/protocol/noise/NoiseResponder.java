package io.bluetick.protocol.noise;

import static java.util.Objects.requireNonNull;

import io.bluetick.protocol.noise.Steps.Step;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one handshake: {@link #read}, then {@link #write}, then {@link #channel}. A
 * message that is refused ends it. Not thread-safe.
 *
 * <p>The first message proves nothing about now: whoever recorded it can send it again. Only a
 * first message on the channel, which needs the device's private key, shows that the device is
 * there. Until then the server must not act for it.
 */
public final class NoiseResponder {

  /** What the first message told. */
  @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
  public record Opening(byte[] devicePublicKey, byte[] payload) {
    @Override
    public String toString() {
      return "Opening";
    }
  }

  private final byte[] prologue;
  private final List<StaticKeys> keys;
  private final Supplier<KeyPair> ephemerals;
  private final Steps steps = new Steps();
  private @Nullable Initiator initiator;
  private @Nullable NoiseChannel channel;

  /**
   * @param prologue what both sides must agree on without sending it
   * @param keys the server's current keys, then those that devices may still have pinned
   */
  public NoiseResponder(byte[] prologue, List<StaticKeys> keys, SecureRandom random) {
    this(prologue, keys, () -> KeyPair.generate(random));
  }

  /** With given ephemeral keys, which this object will wipe. For tests. */
  NoiseResponder(byte[] prologue, List<StaticKeys> keys, Supplier<KeyPair> ephemerals) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a server needs a key");
    }
    this.prologue = prologue.clone();
    this.keys = List.copyOf(keys);
    this.ephemerals = ephemerals;
  }

  public Opening read(byte[] message, int off, int len) {
    return steps.take(
        Step.FIRST_MESSAGE,
        Step.SECOND_MESSAGE,
        () -> opening(Messages.received(message, off, len, Messages.FIRST_PAYLOAD_OFFSET)),
        this::wipe);
  }

  /** The second message, which proves the server's key to the device. */
  public byte[] write(byte[] payload) {
    byte[] message =
        steps.take(
            Step.SECOND_MESSAGE,
            Step.CHANNEL,
            () -> secondMessage(requireNonNull(initiator), payload),
            this::wipe);
    wipe();
    return message;
  }

  public NoiseChannel channel() {
    steps.require(Step.CHANNEL);
    return requireNonNull(channel);
  }

  byte[] handshakeHash() {
    steps.require(Step.CHANNEL);
    return requireNonNull(initiator).state.hash();
  }

  private Opening opening(byte[] message) {
    Initiator found =
        keys.stream()
            .map(StaticKeys::pair)
            .flatMap(own -> recognise(own, message).stream())
            .findFirst()
            .orElseThrow(() -> new NoiseException(NoiseFault.UNKNOWN_SERVER_KEY));
    initiator = found;
    found.state.mixKey(found.own.agree(found.publicKey));
    int offset = Messages.FIRST_PAYLOAD_OFFSET;
    byte[] payload =
        found
            .state
            .decryptAndHash(message, offset, message.length - offset)
            .orElseThrow(() -> new NoiseException(NoiseFault.FORGED));
    return new Opening(found.publicKey.clone(), payload);
  }

  /** Who sent the message, if it was meant for that key of ours. */
  private Optional<Initiator> recognise(KeyPair own, byte[] message) {
    byte[] ephemeralKey = Messages.ephemeralKey(message);
    SymmetricState state = new SymmetricState(prologue, own.publicKey());
    state.mixHash(ephemeralKey);
    state.mixKey(own.agree(ephemeralKey));
    return state
        .decryptAndHash(message, Messages.STATIC_OFFSET, Messages.STATIC_BYTES)
        .map(publicKey -> new Initiator(own, state, ephemeralKey, publicKey));
  }

  private byte[] secondMessage(Initiator peer, byte[] payload) {
    KeyPair ephemeral = ephemerals.get();
    try {
      byte[] message = Messages.start(ephemeral, Messages.SECOND_PAYLOAD_OFFSET, payload);
      peer.state.mixHash(ephemeral.publicKey());
      peer.state.mixKey(ephemeral.agree(peer.ephemeralKey));
      peer.state.mixKey(ephemeral.agree(peer.publicKey));
      peer.state.encryptAndHash(payload, message, Messages.SECOND_PAYLOAD_OFFSET);
      channel = NoiseChannel.ofResponder(peer.state.split());
      return message;
    } finally {
      ephemeral.wipe();
    }
  }

  private void wipe() {
    if (initiator != null) {
      initiator.state.wipe();
    }
  }

  /** A device that has shown its static key, and the key of ours that it meant. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Initiator(
      KeyPair own, SymmetricState state, byte[] ephemeralKey, byte[] publicKey) {}
}
