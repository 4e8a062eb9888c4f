package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.gateway.session.StaticKey;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.noise.NoiseChannel;
import io.bluetick.protocol.noise.NoiseException;
import io.bluetick.protocol.noise.NoiseResponder;
import io.bluetick.protocol.v1.Greeting;
import io.bluetick.protocol.v1.Hello;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Answers first Noise messages. A handshake costs some 300 µs of arithmetic, so it is done aside:
 * the event loops go on serving those who are connected. Its queue is bounded by the number of
 * connections that may be opening.
 */
final class Greeter implements AutoCloseable {
  private static final byte[] GREETING =
      Greeting.newBuilder().setVersion(Wire.VERSION).build().toByteArray();

  private final ServerKeys keys;
  private final SecureRandom random;
  private final ThreadPoolExecutor threads;

  /** What a handshake ends with. */
  sealed interface Outcome {

    /**
     * The device has shown its key. Not yet that it did so now: the message may be a replay.
     *
     * @param message the second Noise message, to be sent
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once, never compared.
    record Greeted(DeviceAddress device, StaticKey key, NoiseChannel channel, byte[] message)
        implements Outcome {}

    record Refused(ErrorCode code) implements Outcome {}
  }

  Greeter(ServerKeys keys, SecureRandom random, int maxWaiting) {
    this.keys = keys;
    this.random = random;
    int size = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(maxWaiting),
            Thread.ofPlatform().name("handshake-", 0).daemon().factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Returns false if too many wait. The answer comes on a thread of this class. */
  boolean greet(byte[] message, Consumer<Outcome> answer) {
    try {
      threads.execute(() -> answer.accept(greet(message)));
      return true;
    } catch (RejectedExecutionException _) {
      return false;
    }
  }

  private Outcome greet(byte[] message) {
    try {
      NoiseResponder responder = new NoiseResponder(Wire.prologue(), keys.keys(), random);
      NoiseResponder.Opening opening = responder.read(message, 0, message.length);
      Hello hello = Hello.parseFrom(opening.payload());
      if (Integer.compareUnsigned(hello.getVersion(), Wire.OLDEST_VERSION) < 0) {
        return new Outcome.Refused(ErrorCode.UPGRADE_REQUIRED);
      }
      if (ByteString.copyFromUtf8(hello.getClient()).size() > FrameLimits.CLIENT_NAME_BYTES) {
        return new Outcome.Refused(ErrorCode.BAD_REQUEST);
      }
      DeviceAddress device = new DeviceAddress(AccountId.of(hello.getAccount()), hello.getDevice());
      byte[] answer = responder.write(GREETING);
      return new Outcome.Greeted(
          device, new StaticKey(opening.devicePublicKey()), responder.channel(), answer);
    } catch (NoiseException e) {
      return new Outcome.Refused(Violation.codeOf(e));
    } catch (InvalidProtocolBufferException | IllegalArgumentException _) {
      return new Outcome.Refused(ErrorCode.BAD_REQUEST);
    }
  }

  List<String> published() {
    return keys.published();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
