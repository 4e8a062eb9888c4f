package io.bluetick.bench.device;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.noise.NoiseChannel;
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
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One device's connection: upgrade, handshake, then frames. All of it is this one object, so that
 * thousands fit in a small process; an idle one holds no buffer.
 *
 * <p>Belongs to its event loop: everything but {@link #execute} is called there.
 */
public final class DeviceSocket extends ChannelInboundHandlerAdapter {
  private static final String CLIENT = "bluetick-light/1";
  private static final int END_OF_HEADERS = 0x0D0A0D0A;
  private static final Pattern GO_AWAY = Pattern.compile("go-away (\\d{1,9})");
  private static final int NORMAL_CLOSURE = 1000;
  private static final int NO_STATUS = 1005;

  private final SocketClient client;
  private final Target target;
  private final Device device;
  private SocketListener listener;
  private Stage stage = Stage.UPGRADE;
  private @Nullable ChannelHandlerContext context;
  private @Nullable NoiseInitiator handshake;
  private @Nullable NoiseChannel channel;
  private @Nullable Future<?> openTimer;

  /** The beginning of a frame whose end has not come yet. */
  private @Nullable ByteBuf rest;

  /** Written and not yet flushed. */
  private @Nullable ByteBuf pending;

  DeviceSocket(SocketClient client, Target target, Device device, SocketListener listener) {
    this.client = client;
    this.target = target;
    this.device = device;
    this.listener = listener;
  }

  public Device device() {
    return device;
  }

  /** Whether its listener was told that it ended. */
  public boolean isEnded() {
    return stage == Stage.ENDED;
  }

  /** From now on another listener hears what happens here. */
  public void listen(SocketListener next) {
    listener = next;
  }

  /** Does something on this socket's event loop. */
  public void execute(Runnable work) {
    context().executor().execute(work);
  }

  /** Does something on this socket's event loop, but not at once. */
  public void later(Duration delay, Runnable work) {
    var _ = context().executor().schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Seals a frame, to go out with the next {@link #flush}. Nothing happens after the end. */
  public void write(byte[] frame) {
    if (stage == Stage.ENDED) {
      return;
    }
    Workbench bench = Workbench.ofThisLoop();
    int length = bench.cipher.seal(requireNonNull(channel), frame, 0, frame.length, bench.out, 0);
    writeMessage(WebSocketFrames.BINARY, bench.out, length);
  }

  /** Sends what was written, in as few packets as it fits in. */
  public void flush() {
    ByteBuf out = pending;
    pending = null;
    if (out != null) {
      var _ = context().writeAndFlush(out);
    }
  }

  /** Says goodbye and closes. */
  public void close() {
    end(new Ending.Closed());
  }

  // ---- Netty --------------------------------------------------------------------------------

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    long limitMs = target.openLimit().toMillis();
    openTimer =
        active
            .executor()
            .schedule(
                () -> end(new Ending.Lost(stage, "not open after " + limitMs + " ms")),
                limitMs,
                TimeUnit.MILLISECONDS);
    byte[] request = client.upgrade().request(target.gateway());
    var _ = active.writeAndFlush(active.alloc().buffer(request.length).writeBytes(request));
  }

  @Override
  public void channelRead(ChannelHandlerContext reading, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (rest != null) {
      in = rest.writeBytes(in);
      ((ByteBuf) message).release();
      rest = null;
    }
    try {
      while (stage != Stage.ENDED && (stage == Stage.UPGRADE ? readUpgrade(in) : readMessage(in))) {
        // Each round takes one message.
      }
      if (stage == Stage.OPEN) {
        listener.heard(this);
      }
      if (stage != Stage.ENDED && in.isReadable()) {
        rest = reading.alloc().buffer(in.readableBytes()).writeBytes(in);
      }
    } catch (NoiseException e) {
      end(new Ending.Broken(stage, "a Noise message is " + e.fault() + keyDoubt()));
    } catch (InvalidProtocolBufferException e) {
      end(new Ending.Broken(stage, "a frame cannot be decoded"));
    } finally {
      in.release();
    }
    flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    end(new Ending.Lost(stage, "closed without a word"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failing, Throwable cause) {
    end(new Ending.Lost(stage, String.valueOf(cause.getMessage())));
  }

  /** The TCP connection did not come about. */
  void notConnected(@Nullable Throwable cause) {
    end(new Ending.Lost(stage, cause == null ? "no connection" : cause.toString()));
  }

  // ---- Opening ------------------------------------------------------------------------------

  private boolean readUpgrade(ByteBuf in) {
    int length = endOfHeaders(in);
    if (length < 0) {
      if (in.readableBytes() > Upgrade.MAX_RESPONSE_BYTES) {
        end(new Ending.Broken(stage, "the HTTP response has no end"));
      }
      return false;
    }
    String response = in.readCharSequence(length, StandardCharsets.US_ASCII).toString();
    Optional<Ending> refusal = client.upgrade().refusal(response);
    if (refusal.isPresent()) {
      end(refusal.get());
      return false;
    }
    NoiseInitiator initiator =
        new NoiseInitiator(Wire.prologue(), device.keys(), target.serverKey(), client.random());
    Hello hello =
        Hello.newBuilder()
            .setVersion(Wire.VERSION)
            .setAccount(device.account().bytes())
            .setDevice(device.number())
            .setClient(CLIENT)
            .build();
    byte[] first = initiator.write(hello.toByteArray());
    writeMessage(WebSocketFrames.BINARY, first, first.length);
    handshake = initiator;
    stage = Stage.GREETING;
    return true;
  }

  /** How many bytes the response has up to its empty line; -1 if that has not come. */
  private static int endOfHeaders(ByteBuf in) {
    int last = in.writerIndex() - Integer.BYTES;
    for (int at = in.readerIndex(); at <= last; at++) {
      if (in.getInt(at) == END_OF_HEADERS) {
        return at + Integer.BYTES - in.readerIndex();
      }
    }
    return -1;
  }

  private void greeted(byte[] message, int length) {
    NoiseInitiator initiator = requireNonNull(handshake);
    initiator.read(message, 0, length);
    channel = initiator.channel();
    handshake = null;
    Open open =
        Open.newBuilder()
            .setAcknowledged(device.acknowledged())
            .setAvailability(Availability.AWAY)
            .setAttempt(device.attempt())
            .build();
    write(Frames.encode(ClientFrameType.OPEN, open));
    stage = Stage.WELCOME;
  }

  private void welcomed(int type, byte[] frame, int length) throws InvalidProtocolBufferException {
    switch (ServerFrameType.forNumber(type)) {
      case WELCOME -> {
        Welcome welcome = Frames.decode(Welcome.parser(), frame, 0, length);
        stage = Stage.OPEN;
        stopTimer();
        listener.opened(this, welcome);
      }
      case REFUSED -> {
        Refused refused = Frames.decode(Refused.parser(), frame, 0, length);
        end(new Ending.Refused(stage, 0, refused.getCode()));
      }
      case null, default -> end(new Ending.Broken(stage, "frame " + type + " came first"));
    }
  }

  // ---- Messages -----------------------------------------------------------------------------

  private boolean readMessage(ByteBuf in) throws InvalidProtocolBufferException {
    switch (WebSocketFrames.look(in)) {
      case PART -> {
        return false;
      }
      case FOREIGN -> {
        end(new Ending.Broken(stage, "a WebSocket frame is of a kind that no gateway sends"));
        return false;
      }
      case WHOLE -> {}
    }
    byte[] payload = Workbench.ofThisLoop().in;
    int opcode = WebSocketFrames.opcode(in);
    int length = WebSocketFrames.read(in, payload);
    switch (opcode) {
      case WebSocketFrames.BINARY -> heard(payload, length);
      case WebSocketFrames.PING -> writeMessage(WebSocketFrames.PONG, payload, length);
      case WebSocketFrames.PONG -> {}
      case WebSocketFrames.CLOSE -> end(farewell(payload, length));
      default -> end(new Ending.Broken(stage, "WebSocket opcode " + opcode));
    }
    return true;
  }

  private void heard(byte[] message, int length) throws InvalidProtocolBufferException {
    if (stage == Stage.GREETING) {
      greeted(message, length);
      return;
    }
    NoiseChannel open = requireNonNull(channel);
    int frameLength = Workbench.ofThisLoop().cipher.open(open, message, 0, length, message, 0);
    if (frameLength == 0) {
      end(new Ending.Broken(stage, "a frame without a type"));
      return;
    }
    int type = message[0] & 0xFF;
    if (type == ServerFrameType.GO_AWAY.getNumber()) {
      GoAway goAway = Frames.decode(GoAway.parser(), message, 0, frameLength);
      end(new Ending.GoAway(Integer.toUnsignedLong(goAway.getRetryAfterMs())));
    } else if (stage == Stage.WELCOME) {
      welcomed(type, message, frameLength);
    } else {
      listener.frame(this, type, message, 0, frameLength);
    }
  }

  private Ending farewell(byte[] payload, int length) {
    if (length < 2) {
      return new Ending.Refused(stage, NO_STATUS, "");
    }
    int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    String reason = new String(payload, 2, length - 2, StandardCharsets.UTF_8);
    Matcher goAway = GO_AWAY.matcher(reason);
    return goAway.matches()
        ? new Ending.GoAway(Long.parseLong(goAway.group(1)))
        : new Ending.Refused(stage, code, reason);
  }

  private void writeMessage(int opcode, byte[] payload, int length) {
    if (pending == null) {
      pending = context().alloc().buffer(length + 8);
    }
    WebSocketFrames.write(pending, opcode, payload, length);
  }

  // ---- Ending -------------------------------------------------------------------------------

  private void end(Ending ending) {
    if (stage == Stage.ENDED) {
      return;
    }
    boolean hasWebSocket = stage != Stage.UPGRADE;
    stage = Stage.ENDED;
    stopTimer();
    if (rest != null) {
      rest.release();
      rest = null;
    }
    if (channel != null) {
      channel.close();
    }
    ChannelHandlerContext open = context;
    if (open != null && open.channel().isActive()) {
      if (hasWebSocket) {
        byte[] code = {(byte) (NORMAL_CLOSURE >>> 8), (byte) NORMAL_CLOSURE};
        writeMessage(WebSocketFrames.CLOSE, code, code.length);
      }
      ByteBuf last = pending == null ? open.alloc().buffer(0) : pending;
      pending = null;
      open.writeAndFlush(last).addListener(ChannelFutureListener.CLOSE);
    } else if (pending != null) {
      pending.release();
      pending = null;
    }
    listener.ended(this, ending);
  }

  private void stopTimer() {
    if (openTimer != null) {
      openTimer.cancel(false);
      openTimer = null;
    }
  }

  private String keyDoubt() {
    return stage == Stage.GREETING ? ": the gateway has not the pinned key" : "";
  }

  private ChannelHandlerContext context() {
    return requireNonNull(context);
  }
}
