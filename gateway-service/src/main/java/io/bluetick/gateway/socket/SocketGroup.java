package io.bluetick.gateway.socket;

import io.bluetick.gateway.outbound.Deliveries;
import io.bluetick.gateway.socket.SocketLoop.HandOff;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.protocol.v1.Target;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All sockets of this gateway, over its event loops. Any thread may call it. */
final class SocketGroup implements Deliveries {
  private static final int FORGET_S = 30;

  private final SocketContext context;
  private final WriteBufferWaterMark writeLimits;
  private final int salt = ThreadLocalRandom.current().nextInt(1 << 16);
  private final Map<EventLoop, SocketLoop> loops = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile @Nullable SocketLoop[] byNumber = new SocketLoop[ConnectionTable.MAX_LOOPS];
  private volatile boolean begun;
  private volatile boolean draining;

  SocketGroup(SocketContext context) {
    this.context = context;
    int limit = context.settings().writeLimitBytes();
    this.writeLimits = new WriteBufferWaterMark(limit / 2, limit);
  }

  /** How much may be unsent on a connection before it counts as slow; one object for all. */
  WriteBufferWaterMark writeLimits() {
    return writeLimits;
  }

  SocketContext context() {
    return context;
  }

  /** The share of the event loop; called on it. */
  SocketLoop on(EventLoop executor) {
    SocketLoop known = loops.get(executor);
    return known != null ? known : add(executor);
  }

  private synchronized SocketLoop add(EventLoop executor) {
    int loop = loops.size();
    if (loop == ConnectionTable.MAX_LOOPS) {
      throw new IllegalStateException("more event loops than a connection's number can tell apart");
    }
    SocketLoop added = new SocketLoop(this, executor, new ConnectionTable(salt, loop));
    if (loop == 0) {
      Rates rates = context.admission().rates();
      var _ =
          executor.scheduleWithFixedDelay(rates::forgetFull, FORGET_S, FORGET_S, TimeUnit.SECONDS);
    }
    @Nullable SocketLoop[] next = byNumber.clone();
    next[loop] = added;
    byNumber = next;
    loops.put(executor, added);
    return added;
  }

  /** Counts one more if it may be there; then {@link #gone} must follow, once. */
  SocketMetrics.@Nullable Shed enter() {
    if (!begun) {
      return SocketMetrics.Shed.STARTING;
    }
    if (draining) {
      return SocketMetrics.Shed.DRAINING;
    }
    if (!context.outside().mailbox().hasRoom()) {
      return SocketMetrics.Shed.LOG; // Each that opens has something to tell it.
    }
    if (connections.incrementAndGet() > context.settings().maxConnections()) {
      connections.decrementAndGet();
      return SocketMetrics.Shed.CONNECTIONS;
    }
    if (!context.admission().openings().enter()) {
      connections.decrementAndGet();
      return SocketMetrics.Shed.OPENING;
    }
    return null;
  }

  void gone() {
    connections.decrementAndGet();
  }

  int connections() {
    return connections.get();
  }

  /** From now on whoever comes is sent away. */
  void drain() {
    draining = true;
  }

  @Override
  public void begin() {
    begun = true;
  }

  @Override
  public void deliver(OutboundBatch batch, Runnable done) {
    Map<SocketLoop, List<HandOff>> byLoop = new HashMap<>();
    for (Delivery delivery : batch.getDeliveriesList()) {
      for (Target target : delivery.getTargetsList()) {
        @Nullable SocketLoop loop = byNumber[ConnectionTable.loopOf(target.getConnection())];
        if (loop == null) {
          context.metrics().undeliverable();
        } else {
          byLoop.computeIfAbsent(loop, _ -> new ArrayList<>()).add(new HandOff(delivery, target));
        }
      }
    }
    if (byLoop.isEmpty()) {
      done.run();
      return;
    }
    AtomicInteger open = new AtomicInteger(byLoop.size());
    byLoop.forEach((loop, handOffs) ->
        loop.deliver(
            handOffs,
            () -> {
              if (open.decrementAndGet() == 0) {
                done.run();
              }
            }));
  }

  /** A connection of ours was displaced by a newer one, of ours too. */
  void displaced(long connection, long epoch) {
    @Nullable SocketLoop loop = byNumber[ConnectionTable.loopOf(connection)];
    if (loop != null) {
      loop.executor.execute(() -> loop.displaced(connection, epoch));
    }
  }

  List<SocketLoop> loops() {
    return List.copyOf(loops.values());
  }

  /** Does something to every connection, on its loop. */
  void forEach(Consumer<SocketConnection> action) {
    loops.values().forEach(loop -> loop.executor.execute(() -> loop.forEach(action)));
  }
}
