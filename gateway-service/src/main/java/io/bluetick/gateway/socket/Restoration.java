package io.bluetick.gateway.socket;

import io.bluetick.gateway.outbound.Routes;
import io.bluetick.gateway.session.Sessions;
import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells session-service again which sessions live here: when Redis seems to have lost them, and now
 * and then. A session that may not go on is ended, so what a lost notice left behind ends too.
 *
 * <p>One walk at a time goes over the loops' tables, slice after slice, each on its loop. The next
 * slice begins when the one before is answered, and not before its share of a second is over: at
 * any time only one slice's sessions wait. A slice that failed is told again.
 */
final class Restoration implements Routes, SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);
  private static final int SLICES_PER_SECOND = 10;
  private static final long SLICE_NANOS = TimeUnit.SECONDS.toNanos(1) / SLICES_PER_SECOND;

  /** Slots looked at in one slice; most of a large table may be empty. */
  private static final int MAX_SLOTS = 16_384;

  private static final int MAX_TRIES = 20;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int ANSWER_LIMIT_S = 30;
  private static final int RETURN_LIMIT_MS = 1_000;

  private final SocketGroup sockets;
  private final RestorationSettings settings;
  private final int sliceSize;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("restoration").daemon().factory());
  private volatile boolean running;

  /** Of the thread alone, like all that a walk keeps. */
  private @Nullable Walk walk;

  private boolean again;

  Restoration(SocketGroup sockets, RestorationSettings settings) {
    this.sockets = sockets;
    this.settings = settings;
    this.sliceSize = Math.max(1, settings.perSecond() / SLICES_PER_SECOND);
  }

  /** How far it came. */
  private static final class Walk {
    final List<SocketLoop> loops;
    int loop;
    int slot;
    int tries;
    int told;
    int ended;

    Walk(List<SocketLoop> loops) {
      this.loops = loops;
    }
  }

  /** What became of a slice; the slot behind it, or none if it was the loop's last. */
  private record Slice(int nextSlot, List<CompletableFuture<Boolean>> told) {
    static final int END = -1;

    int ended() {
      return (int) told.stream().filter(CompletableFuture::join).count();
    }
  }

  @Override
  public void start() {
    running = true;
    long intervalMs = settings.interval().toMillis();
    var _ =
        thread.scheduleWithFixedDelay(this::begin, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdownNow();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public void tellAgain() {
    try {
      thread.execute(this::begin);
    } catch (RejectedExecutionException _) {
      LOG.debug("event=not_restored cause=stopping");
    }
  }

  /** What a walk under way has told already may be lost as well: then it is walked once more. */
  private void begin() {
    if (walk != null) {
      again = true;
      return;
    }
    walk = new Walk(sockets.loops());
    LOG.info("event=restoring connections={}", sockets.connections());
    step(walk);
  }

  private void step(Walk walk) {
    if (walk.loop == walk.loops.size()) {
      finished(walk);
      return;
    }
    SocketLoop loop = walk.loops.get(walk.loop);
    int from = walk.slot;
    long begunNanos = System.nanoTime();
    var _ =
        CompletableFuture.supplyAsync(() -> tell(loop, from), loop.executor)
            .thenCompose(slice ->
                CompletableFuture.allOf(slice.told().toArray(CompletableFuture[]::new))
                    .orTimeout(ANSWER_LIMIT_S, TimeUnit.SECONDS)
                    .thenApply(_ -> slice))
            .whenComplete((slice, _) -> {
              long tookNanos = System.nanoTime() - begunNanos;
              long pauseNanos = slice == null ? RETRY_NANOS : SLICE_NANOS - tookNanos;
              goOn(() -> stepped(walk, slice), pauseNanos);
            });
  }

  private void goOn(Runnable next, long pauseNanos) {
    try {
      var _ = thread.schedule(next, Math.max(0, pauseNanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      LOG.debug("event=restoring_ended cause=stopping");
    }
  }

  private void stepped(Walk walk, @Nullable Slice slice) {
    if (slice == null) {
      if (++walk.tries == MAX_TRIES) {
        LOG.warn("event=restoring_given_up told={}", walk.told);
        walk.loop = walk.loops.size();
      }
    } else {
      walk.tries = 0;
      walk.told += slice.told().size();
      walk.ended += slice.ended();
      walk.slot = Math.max(0, slice.nextSlot());
      walk.loop += slice.nextSlot() == Slice.END ? 1 : 0;
    }
    step(walk);
  }

  private void finished(Walk done) {
    LOG.info("event=restored sessions={} ended={}", done.told, done.ended);
    walk = null;
    if (again) {
      again = false;
      begin();
    }
  }

  /** On the loop. */
  private Slice tell(SocketLoop loop, int from) {
    List<CompletableFuture<Boolean>> told = new ArrayList<>();
    int range = loop.table.range();
    int end = Math.min(range, from + MAX_SLOTS);
    int slot = from;
    for (; slot < end && told.size() < sliceSize; slot++) {
      @Nullable SocketConnection connection = loop.table.at(slot);
      @Nullable Session session = connection == null ? null : connection.session();
      if (connection != null && session != null) {
        told.add(tell(loop, connection, session));
      }
    }
    return new Slice(slot < range ? slot : Slice.END, told);
  }

  /** Whether the session was ended. */
  private CompletableFuture<Boolean> tell(
      SocketLoop loop, SocketConnection connection, Session session) {
    Sessions sessions = loop.outside().sessions();
    Place here = new Place(loop.context.node(), connection.number());
    return sessions
        .restore(session.device, here, session.epoch)
        .thenApply(reason -> {
          reason.ifPresent(code -> loop.executor.execute(() -> end(connection, session, code)));
          return reason.isPresent();
        })
        .toCompletableFuture();
  }

  /** One that is not known any more is opened anew. */
  private static void end(SocketConnection connection, Session session, ErrorCode code) {
    if (code == ErrorCode.REPLACED) {
      connection.leave(ThreadLocalRandom.current().nextInt(RETURN_LIMIT_MS));
    } else {
      connection.ended(session.epoch, code);
    }
    connection.loop().flushAll();
  }
}
