package io.bluetick.gateway.socket;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.MessageLite;
import io.bluetick.gateway.session.Sessions.Answer;
import io.bluetick.gateway.session.StaticKey;
import io.bluetick.gateway.socket.ClientFrames.Heard;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.noise.NoiseChannel;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.GoAway;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Replaced;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Target;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A device's connection, from its first Noise message to its end. Everything that is known of it is
 * here and in its {@link Session}; an actor on its event loop.
 *
 * <pre>
 *   GREETING --message 1--> ANSWERING --message 2--> PROVING --Open--> OPENING --Welcome--> OPEN
 * </pre>
 *
 * In each of them it can end. The first Noise message may be a replay, so nothing is done for a
 * device, and nothing done to its older connection, before the first frame on the channel proves it
 * live.
 */
final class SocketConnection extends WebSocketHandler {
  private static final byte[] NOTHING = {};

  private enum Phase {
    GREETING,
    ANSWERING,
    PROVING,
    OPENING,
    OPEN,
    ENDED
  }

  private final long number;
  private Phase phase = Phase.GREETING;

  /** Opening began, something was heard last, a ping was sent, or closing began: when. */
  private int sinceS;

  private boolean pinged;

  /** For other threads: there is no use in asking for a session any more. */
  private volatile boolean ended;

  /** Heard of this device's sessions before this one is open. */
  private @Nullable EarlyNotices early;

  private boolean leaving;
  private @Nullable NoiseChannel noise;
  private @Nullable Candidate candidate;
  private @Nullable Session session;
  private Accepted.@Nullable Builder accepted;

  /** A device that has shown its key and is not open yet. */
  private record Candidate(DeviceAddress device, StaticKey key) {}

  /** In the loop; counted as opening, and in the loop's table until it is gone. */
  SocketConnection(SocketLoop loop, ChannelHandlerContext context) {
    super(loop, context);
    this.number = loop.table.nextNumber();
    this.sinceS = loop.nowS();
    loop.table.put(number, this);
  }

  long number() {
    return number;
  }

  SocketLoop loop() {
    return loop;
  }

  // ---- Opening ------------------------------------------------------------------------------

  @Override
  void onMessage(int length) {
    switch (phase) {
      case GREETING -> greet(length);
      case PROVING -> prove(decrypt(length));
      case OPEN -> handle(decrypt(length));
      case ANSWERING, OPENING, ENDED -> {} // Paused, or of no interest any more.
    }
  }

  private int decrypt(int length) {
    return loop.cipher.open(requireNonNull(noise), loop.in, 0, length, loop.in, 0);
  }

  private void greet(int length) {
    if (length > FrameLimits.FIRST_MESSAGE_BYTES) {
      throw new Violation(ErrorCode.PAYLOAD_TOO_LARGE);
    }
    phase = Phase.ANSWERING;
    pause(PAUSED_FOR_ANSWER);
    byte[] message = Arrays.copyOf(loop.in, length);
    boolean taken =
        loop.context
            .admission()
            .greeter()
            .greet(message, outcome -> loop.executor.execute(() -> greeted(outcome)));
    if (!taken) {
      loop.context.metrics().shed(SocketMetrics.Shed.HANDSHAKES);
      sendAway();
    }
  }

  private void greeted(Greeter.Outcome outcome) {
    if (phase != Phase.ANSWERING) {
      return;
    }
    switch (outcome) {
      case Greeter.Outcome.Refused(ErrorCode code) -> end(code);
      case Greeter.Outcome.Greeted greeted -> {
        noise = greeted.channel();
        candidate = new Candidate(greeted.device(), greeted.key());
        phase = Phase.PROVING;
        append(WebSocketFrame.BINARY, greeted.message(), greeted.message().length);
        flush();
        resume(PAUSED_FOR_ANSWER);
      }
    }
  }

  private void prove(int length) {
    Open open = ClientFrames.open(loop.in, length);
    loop.context.metrics().received(ClientFrameType.OPEN);
    phase = Phase.OPENING;
    pause(PAUSED_FOR_ANSWER);
    Candidate device = requireNonNull(candidate);
    new SessionCall(this, device.device(), device.key(), open).begin();
  }

  /** Its session while it is open. */
  @Nullable Session session() {
    return session;
  }

  /** Any thread: there is no use in a session any more. */
  boolean isEnded() {
    return ended;
  }

  void opened(DeviceAddress device, Open open, Answer.Opened answer) {
    long nowMs = loop.context.clock().millis();
    Session opened =
        new Session(device, answer.epoch(), answer.registration(), open.getAcknowledged(), nowMs);
    session = opened;
    candidate = null;
    phase = Phase.OPEN;
    loop.context.metrics().opened();
    sinceS = loop.nowS();
    send(ServerFrameType.WELCOME, FrameLimits.welcome(nowMs, answer.epoch(), loop.limits));
    loop.reports.online(opened, Reports.route(this, opened), open, nowMs);
    flush();
    if (early != null) {
      early.tell(this);
      early = null;
    }
    resume(PAUSED_FOR_ANSWER);
  }

  // ---- Open ---------------------------------------------------------------------------------

  private void handle(int length) {
    Session open = requireNonNull(session);
    long nowMs = loop.context.clock().millis();
    loop.context.frames().handle(new Heard(this, open, loop.in, length, nowMs));
    if (open.unaccepted >= loop.context.settings().unaccepted()) {
      pause(PAUSED_FOR_TICKS);
    }
  }

  @Override
  boolean mayHandle() {
    if (phase == Phase.OPEN && !loop.outside().mailbox().hasRoom()) {
      pause(PAUSED_FOR_LOG);
      loop.awaitRoom(this);
      return false;
    }
    return true;
  }

  @Override
  void onHeard() {
    if (phase == Phase.OPEN) {
      sinceS = loop.nowS();
      pinged = false;
    }
  }

  @Override
  void onExtraFrame() {
    if (session == null) {
      throw new Violation(ErrorCode.BAD_REQUEST); // A client has no use for them before.
    }
    loop.context.frames().extra(session);
  }

  @Override
  void onTurnEnd() {
    if (session != null) {
      loop.reports.acknowledged(session);
    }
  }

  /** Its sends that are durable are told together, those of one moment in one frame. */
  void accepted(Tick tick) {
    if (session == null) {
      return;
    }
    if (accepted != null && accepted.getTimeMs() != tick.timeMs) {
      onFlush();
    }
    if (accepted == null) {
      accepted = Accepted.newBuilder().setTimeMs(tick.timeMs);
    }
    accepted.addCounters(tick.counter);
    session.unaccepted--;
    willFlushLater();
    if (session.unaccepted < loop.context.settings().unaccepted()) {
      resume(PAUSED_FOR_TICKS);
    }
  }

  @Override
  void onFlush() {
    Accepted.Builder told = accepted;
    if (told != null) {
      accepted = null;
      send(ServerFrameType.ACCEPTED, told.build());
    }
  }

  void refuse(Refusal refusal, long counter) {
    loop.context.metrics().refused(refusal.code());
    send(ServerFrameType.REFUSED, refusal.frame(counter));
  }

  void send(ServerFrameType type, MessageLite message) {
    if (noise == null || isClosing()) {
      return;
    }
    int length = Frames.write(type, message, loop.out, 0);
    int sealed = loop.cipher.seal(noise, loop.out, 0, length, loop.out, 0);
    append(WebSocketFrame.BINARY, loop.out, sealed);
    loop.context.metrics().sent(type);
  }

  // ---- Deliveries ---------------------------------------------------------------------------

  void deliver(Delivery delivery, Target target) {
    Session open = session;
    if (open == null || open.epoch != target.getEpoch()) {
      loop.context.metrics().undeliverable();
      return;
    }
    new Deliverer(this).deliver(delivery, target, open);
  }

  @Override
  void onWritable() {
    if (session != null && session.lagging) {
      new Deliverer(this).catchUp(session);
    }
  }

  /** A newer connection of this device is open. */
  void replaced(long epoch) {
    if (phase == Phase.OPENING) {
      early = EarlyNotices.in(early).replaced(epoch);
    } else if (session != null && session.epoch < epoch) {
      send(ServerFrameType.REPLACED, Replaced.newBuilder().setEpoch(epoch).build());
      end(ErrorCode.REPLACED);
    }
  }

  /** The session of this epoch may not go on. */
  void ended(long epoch, ErrorCode code) {
    if (phase == Phase.OPENING) {
      early = EarlyNotices.in(early).ended(epoch, code);
    } else if (session != null && session.epoch == epoch) {
      if (code.retry() == ErrorCode.Retry.LATER) {
        sendAway();
      } else {
        end(code);
      }
    }
  }

  // ---- Ending -------------------------------------------------------------------------------

  /** Tells the device to connect again, to whom it likes; it is cut off if it stays. */
  void leave(int retryAfterMs) {
    if (phase == Phase.OPEN) {
      leaving = true;
      send(ServerFrameType.GO_AWAY, GoAway.newBuilder().setRetryAfterMs(retryAfterMs).build());
      flush();
    } else {
      sendAway();
    }
  }

  /** Ends it with a word about when to come back. */
  void sendAway() {
    if (!isClosing()) {
      long limitMs = loop.context.settings().goAwayDelay().toMillis();
      long delayMs = ThreadLocalRandom.current().nextLong(limitMs / 10, limitMs + 1);
      end(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE.closeCode(), "go-away " + delayMs);
    }
  }

  /** Looks whether it still lives; called every {@link SocketLoop#SWEEP_S} seconds. */
  void sweep() {
    int forS = loop.nowS() - sinceS;
    SocketSettings settings = loop.context.settings();
    switch (phase) {
      case GREETING, ANSWERING, PROVING, OPENING -> {
        if (forS > settings.openTimeout().toSeconds()) {
          end(ErrorCode.TOO_SLOW);
        }
      }
      case OPEN -> {
        onWritable();
        if (leaving) {
          sendAway();
        } else if (isHeldByUs()) {
          sinceS = loop.nowS();
          pinged = false;
        } else if (pinged && forS > settings.pongWithin().toSeconds()) {
          loop.context.metrics().closed(ErrorCode.TOO_SLOW);
          cut();
        } else if (!pinged && forS > settings.silence().toSeconds()) {
          pinged = true;
          sinceS = loop.nowS();
          append(WebSocketFrame.PING, NOTHING, 0);
        }
      }
      case ENDED -> {
        if (forS >= SocketLoop.SWEEP_S) {
          cut();
        }
      }
    }
  }

  @Override
  void onEnd(@Nullable ErrorCode code) {
    if (code != null) {
      loop.context.metrics().closed(code);
    }
    ended = true;
    if (phase != Phase.OPEN) {
      loop.context.metrics().notOpened(code);
    }
    if (phase != Phase.OPEN && phase != Phase.OPENING) {
      loop.context.admission().openings().leave();
    }
    Session open = session;
    if (open != null) {
      loop.reports.gone(open, Reports.route(this, open), loop.context.clock().millis());
      if (code != ErrorCode.REPLACED) {
        loop.outside().sessions().close(open.device, open.epoch);
      }
    }
    if (noise != null) {
      noise.close();
    }
    phase = Phase.ENDED;
    sinceS = loop.nowS();
    session = null;
    candidate = null;
    accepted = null;
  }

  @Override
  void onGone() {
    loop.awaitRoomNoMore(this);
    loop.table.remove(number);
    loop.group.gone();
  }
}
