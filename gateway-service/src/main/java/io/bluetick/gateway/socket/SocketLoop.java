package io.bluetick.gateway.socket;

import io.bluetick.gateway.socket.SocketContext.Outside;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.noise.NoiseCipher;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Ended;
import io.bluetick.protocol.v1.Limits;
import io.bluetick.protocol.v1.Target;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop's share of the sockets: its connections, and what they use one after the other
 * instead of each having its own: the cipher and the room for a frame. Everything here runs on the
 * loop unless it says otherwise.
 */
final class SocketLoop {
  private static final Logger LOG = LoggerFactory.getLogger(SocketLoop.class);

  /** In so many seconds every connection is looked at once. */
  static final int SWEEP_S = 5;

  final SocketGroup group;
  final SocketContext context;
  final Reports reports;
  final Limits limits;
  final EventLoop executor;
  final ConnectionTable table;
  final NoiseCipher cipher = new NoiseCipher();
  final WebSocketFrame frame = new WebSocketFrame();

  /** The payload of the frame that is being read. */
  final byte[] in = new byte[WebSocketFrame.MAX_PAYLOAD_BYTES];

  /** The frame that is being written. */
  final byte[] out = new byte[NoiseCipher.MAX_MESSAGE_BYTES];

  private final List<WebSocketHandler> unflushed = new ArrayList<>();
  private final Queue<Tick> ticks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean tickTaskWaits = new AtomicBoolean();
  private final Set<SocketConnection> awaitingRoom = new LinkedHashSet<>();
  private int nowS;
  private int turn;
  private boolean underPressure;

  /** A hand-off to one connection. */
  record HandOff(Delivery delivery, Target target) {}

  SocketLoop(SocketGroup group, EventLoop executor, ConnectionTable table) {
    this.group = group;
    this.context = group.context();
    this.reports = new Reports(outside().mailbox(), outside().presence(), context.metrics());
    this.limits = FrameLimits.told(context.settings());
    this.executor = executor;
    this.table = table;
    this.nowS = seconds();
    long offsetMs = ThreadLocalRandom.current().nextLong(1_000);
    var _ = executor.scheduleAtFixedRate(this::sweep, offsetMs, 1_000, TimeUnit.MILLISECONDS);
  }

  Outside outside() {
    return context.outside();
  }

  /** A coarse clock: a field, not a call. */
  int nowS() {
    return nowS;
  }

  /** Whether Netty's memory runs short, so that no socket may have much unsent. */
  boolean isUnderPressure() {
    return underPressure;
  }

  /** Any thread: a send has become durable. Its sender is told with all others of the moment. */
  void ticked(Tick tick) {
    ticks.add(tick);
    if (tickTaskWaits.compareAndSet(false, true)) {
      executor.execute(this::tellTicks);
    }
  }

  private void tellTicks() {
    tickTaskWaits.set(false);
    long nowMs = context.clock().millis();
    for (Tick tick = ticks.poll(); tick != null; tick = ticks.poll()) {
      context.metrics().ticked(nowMs - tick.timeMs);
      tick.connection.accepted(tick);
    }
    flushAll();
  }

  /** Any thread. */
  void deliver(List<HandOff> handOffs, Runnable done) {
    executor.execute(() -> {
      try {
        handOffs.forEach(this::deliver);
        flushAll();
      } finally {
        done.run();
      }
    });
  }

  /** A hand-off that cannot be read must not keep the others from theirs. */
  private void deliver(HandOff handOff) {
    Target target = handOff.target();
    SocketConnection connection = table.get(target.getConnection());
    if (connection == null) {
      context.metrics().undeliverable();
    } else if (handOff.delivery().hasDisplaced()) {
      connection.replaced(handOff.delivery().getDisplaced().getEpoch());
    } else if (handOff.delivery().hasEnded()) {
      Ended ended = handOff.delivery().getEnded();
      // A reason of the future: whoever comes back is told by session-service.
      ErrorCode code = ErrorCode.ofSlug(ended.getCode()).orElse(ErrorCode.UNAVAILABLE);
      connection.ended(ended.getEpoch(), code);
    } else {
      try {
        connection.deliver(handOff.delivery(), target);
      } catch (RuntimeException e) {
        // It may have been counted and not sent; whoever comes back is counted anew.
        LOG.error("event=delivery_failed connection={}", target.getConnection(), e);
        connection.end(ErrorCode.INTERNAL);
      }
    }
  }

  void displaced(long connection, long epoch) {
    SocketConnection older = table.get(connection);
    if (older != null) {
      older.replaced(epoch);
      flushAll();
    }
  }

  /** It has something unsent; {@link #flushAll} sends it. */
  void unflushed(WebSocketHandler connection) {
    unflushed.add(connection);
  }

  void flushAll() {
    for (int i = 0; i < unflushed.size(); i++) {
      unflushed.get(i).flushInTurn(); // Which may make another one wait for its turn.
    }
    unflushed.clear();
  }

  /** The connection goes on when the mailbox has room. */
  void awaitRoom(SocketConnection connection) {
    boolean first = awaitingRoom.isEmpty();
    awaitingRoom.add(connection);
    if (first) {
      outside().mailbox().whenRoom(() -> executor.execute(this::goOn));
    }
  }

  void awaitRoomNoMore(SocketConnection connection) {
    awaitingRoom.remove(connection);
  }

  private void goOn() {
    List<SocketConnection> waiting = List.copyOf(awaitingRoom);
    awaitingRoom.clear(); // Those for whom the room is not enough wait again.
    waiting.forEach(connection -> connection.resume(WebSocketHandler.PAUSED_FOR_LOG));
    flushAll();
  }

  void forEach(Consumer<SocketConnection> action) {
    for (int slot = 0; slot < table.range(); slot++) {
      @Nullable SocketConnection connection = table.at(slot);
      if (connection != null) {
        action.accept(connection);
      }
    }
    flushAll();
  }

  /**
   * The idle timer of all connections: each second a fifth of the table. A timer object each would
   * cost more memory than all else that we keep of an idle connection.
   */
  private void sweep() {
    nowS = seconds();
    underPressure = DirectMemory.usedShare() > context.settings().memoryPressure();
    turn = (turn + 1) % SWEEP_S;
    for (int slot = turn; slot < table.range(); slot += SWEEP_S) {
      @Nullable SocketConnection connection = table.at(slot);
      if (connection != null) {
        connection.sweep();
      }
    }
    flushAll();
  }

  private static int seconds() {
    return (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
  }
}
