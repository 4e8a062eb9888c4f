package io.bluetick.gateway.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.bluetick.gateway.session.Sessions.Answer;
import io.bluetick.gateway.session.Sessions.Asked;
import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.gateway.session.StaticKey;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.noise.NoiseChannel;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.Availability;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.GoAway;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.Replaced;
import io.bluetick.protocol.v1.Route;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Target;
import io.bluetick.protocol.v1.Welcome;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /** A newer session of this device was heard of before this one is open. */
  private long displacedBy;

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
    return loop.cipher.open(requireNoise(), loop.in, 0, length, loop.in, 0);
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
    if (length == 0 || loop.in[0] != ClientFrameType.OPEN_VALUE) {
      throw new Violation(ErrorCode.OUT_OF_ORDER);
    }
    Open open;
    try {
      open = Frames.decode(Open.parser(), loop.in, 0, length);
    } catch (InvalidProtocolBufferException _) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
    if (open.getAcknowledged() < 0 || open.getAvailability() == Availability.UNRECOGNIZED) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
    loop.context.metrics().received(ClientFrameType.OPEN);
    phase = Phase.OPENING;
    pause(PAUSED_FOR_ANSWER);
    Candidate device = requireCandidate();
    loop.context.admission().openings().call(() -> ask(device, open));
  }

  /**
   * Any thread, when it is this connection's turn. From here on its place among those that open is
   * given back when the call ends, whatever becomes of the connection meanwhile: who comes and goes
   * does not make room for more calls than the bound.
   */
  private void ask(Candidate device, Open open) {
    if (ended) {
      callEnded();
      return;
    }
    Place here = new Place(loop.context.node(), number);
    CompletableFuture<Answer> answer;
    try {
      answer =
          loop.outside()
              .sessions()
              .open(new Asked(device.device(), device.key(), here))
              .toCompletableFuture();
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<Answer> asked = answer;
    Duration limit = loop.context.settings().openTimeout();
    var _ =
        asked
            .copy()
            .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((said, failure) -> {
              if (failure instanceof TimeoutException) {
                var _ = asked.thenAccept(late -> abandon(device, late));
              }
              loop.executor.execute(() -> answered(device, open, said));
            });
  }

  private void callEnded() {
    loop.context.admission().openings().leave();
    loop.context.admission().openings().callEnded();
  }

  /** Nobody is told of a session that comes too late: the connection it displaced lives on. */
  private void abandon(Candidate device, Answer late) {
    if (late instanceof Answer.Opened opened) {
      loop.outside().sessions().abandon(device.device(), opened);
    }
  }

  private void answered(Candidate device, Open open, @Nullable Answer answer) {
    callEnded();
    if (phase != Phase.OPENING) {
      if (answer != null) {
        abandon(device, answer);
      }
      return;
    }
    switch (answer) {
      case null -> shed();
      case Answer.Refused(ErrorCode code) when code.retry() == ErrorCode.Retry.LATER -> shed();
      case Answer.Refused(ErrorCode code) -> end(code);
      case Answer.Opened opened -> {
        opened.displaced().ifPresent(place -> displace(place, opened.epoch()));
        opened(device.device(), open, opened);
      }
    }
  }

  private void shed() {
    loop.context.metrics().shed(SocketMetrics.Shed.SESSIONS);
    sendAway();
  }

  private void displace(Place place, long epoch) {
    if (place.node().equals(loop.context.node())) {
      loop.group.displaced(place.connection(), epoch);
    } else {
      loop.outside().neighbours().displaced(place.node(), place.connection(), epoch);
    }
  }

  private void opened(DeviceAddress device, Open open, Answer.Opened answer) {
    long nowMs = loop.context.clock().millis();
    Session opened =
        new Session(device, answer.epoch(), answer.registration(), open.getAcknowledged(), nowMs);
    session = opened;
    candidate = null;
    phase = Phase.OPEN;
    loop.context.metrics().opened(Duration.ofSeconds(loop.nowS() - (long) sinceS));
    sinceS = loop.nowS();
    send(
        ServerFrameType.WELCOME,
        Welcome.newBuilder()
            .setServerTimeMs(nowMs)
            .setEpoch(answer.epoch())
            .setLimits(loop.limits)
            .build());
    loop.reports.online(opened, route(opened), open, nowMs);
    flush();
    replaced(displacedBy);
    resume(PAUSED_FOR_ANSWER);
  }

  // ---- Open ---------------------------------------------------------------------------------

  private void handle(int length) {
    Session open = requireSession();
    loop.context.frames().handle(this, open, loop.in, length, loop.context.clock().millis());
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
      sendAccepted();
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
    sendAccepted();
  }

  private void sendAccepted() {
    Accepted.Builder told = accepted;
    if (told != null) {
      accepted = null;
      send(ServerFrameType.ACCEPTED, told.build());
    }
  }

  void refuse(Refusal refusal, long counter) {
    loop.context.metrics().refused(refusal.code());
    send(
        ServerFrameType.REFUSED,
        Refused.newBuilder()
            .setCode(refusal.code().slug())
            .setCounter(counter)
            .setRetryAfterMs(refusal.retryAfterMs())
            .setDetail(refusal.detail())
            .build());
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
    boolean counts = target.getSequence() != 0 || delivery.hasDrained();
    if (counts) {
      if (target.getSequence() != 0 && open.isWritten(target.getSequence())) {
        return;
      }
      if (open.lagging || !open.isWritten(target.getPrevious())) {
        askToResume(open);
        return;
      }
    }
    if (isSlow()) {
      loop.context.metrics().slow();
      open.lagging |= counts;
      return;
    }
    if (!ServerFrames.isTellable(delivery)) {
      untellable(counts);
      return;
    }
    ServerFrames.ServerFrame frame = ServerFrames.of(delivery, target.getSequence(), open);
    send(frame.type(), frame.message());
  }

  /**
   * A service newer than this gateway says what it cannot pass on. The device must not go on past
   * it, so it goes: another gateway may know it.
   */
  private void untellable(boolean counts) {
    loop.context.metrics().undeliverable();
    if (counts) {
      sendAway();
    }
  }

  private boolean isSlow() {
    return !isWritable() || (loop.isUnderPressure() && !isDrained());
  }

  private void askToResume(Session open) {
    if (!open.lagging && open.asksToResume(loop.nowS())) {
      loop.context.metrics().resumed();
      loop.reports.resume(open);
    }
  }

  /** Also called by every sweep, because it may be too early to ask again. */
  @Override
  void onWritable() {
    Session open = session;
    if (open != null && open.lagging && !isSlow() && open.asksToResume(loop.nowS())) {
      open.lagging = false;
      loop.context.metrics().resumed();
      loop.reports.resume(open);
    }
  }

  /** A newer connection of this device is open. */
  void replaced(long epoch) {
    if (session == null) {
      displacedBy = Math.max(displacedBy, epoch);
    } else if (session.epoch < epoch) {
      send(ServerFrameType.REPLACED, Replaced.newBuilder().setEpoch(epoch).build());
      end(ErrorCode.REPLACED);
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
        if (isHeldByUs()) {
          sinceS = loop.nowS();
          pinged = false;
        }
        if (leaving) {
          sendAway();
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
      loop.reports.gone(open, route(open), loop.context.clock().millis());
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

  /** Where its device is reached; made when it is told, not kept. */
  Route route(Session open) {
    return Route.newBuilder()
        .setDevice(open.device.device())
        .setNode(loop.context.node())
        .setConnection(number)
        .setEpoch(open.epoch)
        .build();
  }

  private NoiseChannel requireNoise() {
    if (noise == null) {
      throw new IllegalStateException("no channel in phase " + phase);
    }
    return noise;
  }

  private Candidate requireCandidate() {
    if (candidate == null) {
      throw new IllegalStateException("no device in phase " + phase);
    }
    return candidate;
  }

  private Session requireSession() {
    if (session == null) {
      throw new IllegalStateException("no session in phase " + phase);
    }
    return session;
  }
}
