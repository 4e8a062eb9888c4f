package io.bluetick.client.socket;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.noise.NoiseChannel;
import io.bluetick.protocol.noise.NoiseCipher;
import io.bluetick.protocol.noise.NoiseException;
import io.bluetick.protocol.noise.NoiseInitiator;
import io.bluetick.protocol.v1.Availability;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.GoAway;
import io.bluetick.protocol.v1.Hello;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Welcome;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One connection of this device, from the call to its end. What is written before it is open is
 * lost, as is what is written after its end: whoever writes keeps it until it was accepted.
 */
public final class DeviceSocket {
  private static final String CLIENT = "bluetick-sdk/1";
  private static final int CLOSE_REFUSED = Wire.CLOSE_CODE_BASE;
  private static final int LEAST_SILENCE_S = 10;
  private static final Pattern GO_AWAY = Pattern.compile("go-away (\\d{1,9})");

  private final Dial dial;
  private final SocketListener listener;
  private final SecureRandom random;
  private final Ears ears = new Ears();
  private final Outgoing outgoing = new Outgoing(this::lost);

  // Guarded by `outgoing`, which is locked while a frame is sealed and queued.
  private final NoiseCipher sealing = new NoiseCipher();

  private volatile long heardAtNanos;
  private volatile @Nullable WebSocket webSocket;
  private volatile @Nullable NoiseChannel channel;
  private final Once ended = new Once();

  private DeviceSocket(Dial dial, SocketListener listener, SecureRandom random) {
    this.dial = dial;
    this.listener = listener;
    this.random = random;
  }

  /** Calls. The listener hears what becomes of it. */
  public static DeviceSocket connect(
      HttpClient http, Dial dial, SocketListener listener, SecureRandom random) {
    DeviceSocket socket = new DeviceSocket(dial, listener, random);
    CompletableFuture<WebSocket> called =
        http.newWebSocketBuilder()
            .subprotocols(Wire.SUBPROTOCOL)
            .connectTimeout(dial.limit())
            .buildAsync(address(dial.server()), socket.ears);
    var _ =
        called.whenComplete((_, failure) -> {
          if (failure != null) {
            socket.end(new Ending.Lost(reason(failure)));
          }
        });
    CompletableFuture.delayedExecutor(dial.limit().toMillis(), TimeUnit.MILLISECONDS)
        .execute(socket::giveUpUnlessOpen);
    return socket;
  }

  private static URI address(URI server) {
    String scheme = "https".equals(server.getScheme()) ? "wss" : "ws";
    return URI.create(scheme + "://" + server.getRawAuthority() + Wire.PATH);
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** Seals a frame and sends it after those before it. */
  public void write(byte[] frame) {
    synchronized (outgoing) {
      WebSocket open = webSocket;
      NoiseChannel sealed = channel;
      if (open == null || sealed == null || ended.isOver()) {
        return;
      }
      byte[] message = new byte[frame.length + NoiseCipher.TAG_BYTES];
      sealing.seal(sealed, frame, 0, frame.length, message, 0);
      outgoing.send(open, ByteBuffer.wrap(message));
    }
  }

  /** Allows so many more frames to be heard. */
  public void readOn(int frames) {
    WebSocket open = webSocket;
    if (open != null) {
      open.request(frames);
    }
  }

  /** Says goodbye. */
  public void close() {
    end(new Ending.Closed());
  }

  /** The gateway pings who is silent, so silence for longer than that means that it is gone. */
  private void listenFor(int silenceS) {
    long limitNanos = TimeUnit.SECONDS.toNanos(Math.max(silenceS, LEAST_SILENCE_S)) * 5 / 2;
    CompletableFuture.delayedExecutor(limitNanos, TimeUnit.NANOSECONDS)
        .execute(() -> {
          if (System.nanoTime() - heardAtNanos > limitNanos) {
            end(new Ending.Lost("nothing was heard for too long"));
          } else if (!ended.isOver()) {
            listenFor(silenceS);
          }
        });
  }

  private void giveUpUnlessOpen() {
    if (ears.stage != Stage.OPEN) {
      end(new Ending.Lost("not open after " + dial.limit().toMillis() + " ms"));
    }
  }

  private void lost(Throwable failure) {
    end(new Ending.Lost(reason(failure)));
  }

  private void end(Ending ending) {
    if (!ended.first()) {
      return;
    }
    WebSocket open = webSocket;
    if (open != null) {
      // Completes, or the connection is cut off: both is well.
      var _ =
          open.sendClose(WebSocket.NORMAL_CLOSURE, "")
              .orTimeout(1, TimeUnit.SECONDS)
              .whenComplete((_, _) -> open.abort());
    }
    listener.ended(ending);
  }

  /** How far the connection has come. */
  private enum Stage {
    GREETING,
    WELCOME,
    OPEN
  }

  /** What the WebSocket calls, one call at a time. */
  private final class Ears implements WebSocket.Listener {
    private final NoiseCipher opening = new NoiseCipher();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private @Nullable NoiseInitiator handshake;
    private volatile Stage stage = Stage.GREETING;

    @Override
    public void onOpen(WebSocket opened) {
      webSocket = opened;
      if (ended.isOver()) {
        opened.abort();
        return;
      }
      NoiseInitiator initiator =
          new NoiseInitiator(Wire.prologue(), dial.keys(), dial.serverKey().toByteArray(), random);
      handshake = initiator;
      Hello hello =
          Hello.newBuilder()
              .setVersion(Wire.VERSION)
              .setAccount(dial.device().account().bytes())
              .setDevice(dial.device().device())
              .setClient(CLIENT)
              .build();
      outgoing.send(opened, ByteBuffer.wrap(initiator.write(hello.toByteArray())));
      // The greeting and the welcome; from then on as the listener allows.
      opened.request(2);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      if (ended.isOver()) {
        return null;
      }
      heardAtNanos = System.nanoTime();
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      if (parts.size() + bytes.length > NoiseCipher.MAX_MESSAGE_BYTES) {
        end(new Ending.Broken("a message is too large"));
        return null;
      }
      if (!last) {
        parts.writeBytes(bytes);
        from.request(1);
        return null;
      }
      byte[] message = bytes;
      if (parts.size() > 0) {
        parts.writeBytes(bytes);
        message = parts.toByteArray();
        parts.reset();
      }
      try {
        heard(message);
      } catch (NoiseException e) {
        String doubt = stage == Stage.GREETING ? ": the gateway has not the pinned key" : "";
        end(new Ending.Broken("a Noise message is " + e.fault() + doubt));
      } catch (InvalidProtocolBufferException e) {
        end(new Ending.Broken("a frame cannot be read"));
      }
      return null;
    }

    private void heard(byte[] message) throws InvalidProtocolBufferException {
      if (stage == Stage.GREETING) {
        greeted(message);
        return;
      }
      NoiseChannel open = requireNonNull(channel);
      int length = opening.open(open, message, 0, message.length, message, 0);
      if (length == 0) {
        end(new Ending.Broken("a frame has no type"));
        return;
      }
      byte[] frame = Arrays.copyOf(message, length);
      switch (ServerFrameType.forNumber(frame[0] & 0xFF)) {
        case GO_AWAY -> {
          GoAway goAway = Frames.decode(GoAway.parser(), frame, 0, length);
          end(new Ending.GoAway(Integer.toUnsignedLong(goAway.getRetryAfterMs())));
        }
        case REPLACED -> end(new Ending.Replaced());
        case WELCOME -> {
          stage = Stage.OPEN;
          Welcome welcome = Frames.decode(Welcome.parser(), frame, 0, length);
          listener.opened(welcome);
          listenFor(welcome.getLimits().getSilenceS());
        }
        case null, default -> {
          if (stage == Stage.OPEN) {
            listener.heard(frame);
          } else {
            end(refusal(frame));
          }
        }
      }
    }

    /** What came in place of the welcome. */
    private Ending refusal(byte[] frame) throws InvalidProtocolBufferException {
      return frame[0] == ServerFrameType.REFUSED.getNumber()
          ? new Ending.Refused(0, Frames.decode(Refused.parser(), frame, 0, frame.length).getCode())
          : new Ending.Broken("frame " + frame[0] + " came before the welcome");
    }

    private void greeted(byte[] message) {
      NoiseInitiator initiator = requireNonNull(handshake);
      initiator.read(message, 0, message.length);
      channel = initiator.channel();
      handshake = null;
      stage = Stage.WELCOME;
      write(
          Frames.encode(
              ClientFrameType.OPEN,
              Open.newBuilder()
                  .setAcknowledged(dial.acknowledged())
                  .setAvailability(Availability.AVAILABLE)
                  .setAttempt(dial.attempt())
                  .build()));
    }

    /** The answer is the WebSocket's own. */
    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      heardAtNanos = System.nanoTime();
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      end(new Ending.Broken("a message is text"));
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      Matcher goAway = GO_AWAY.matcher(reason);
      if (goAway.matches()) {
        end(new Ending.GoAway(Long.parseLong(goAway.group(1))));
      } else if (reason.equals(ErrorCode.REPLACED.slug())) {
        end(new Ending.Replaced());
      } else if (code >= CLOSE_REFUSED) {
        end(new Ending.Refused(code, reason));
      } else {
        end(new Ending.Lost("closed with " + code));
      }
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      end(new Ending.Lost(reason(failure)));
    }
  }
}
