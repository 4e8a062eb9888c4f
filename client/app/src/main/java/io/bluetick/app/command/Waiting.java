package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.output.Held;
import io.bluetick.app.output.Names;
import io.bluetick.app.output.Plain;
import io.bluetick.client.chat.Message;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a device's events until something is so. Hears them on the SDK's thread. */
final class Waiting {
  /** The store answers at once; a second opening of a disk that sleeps takes seconds. */
  private static final Duration STORE_LIMIT = Duration.ofSeconds(30);

  /** Several calls of the SDK, each of which has its own limit. */
  private static final Duration SERVER_LIMIT = Duration.ofMinutes(2);

  private static final long SLOWEST_BYTES_PER_S = 8 << 10;

  private final Output output;
  private long events;
  private boolean wasOnline;
  private boolean isCaughtUp;
  private String lastTrouble = "no answer";
  private boolean isStopped;

  Waiting(Output output) {
    this.output = output;
  }

  /** What the store made of something. */
  static <T> T done(CompletableFuture<T> future) {
    return within(STORE_LIMIT, "the profile", future);
  }

  /** What the server made of something. */
  static <T> T answered(CompletableFuture<T> future) {
    return within(SERVER_LIMIT, "the server", future);
  }

  /** What became of a file; a slow connection takes as long as it takes. */
  static <T> T transferred(CompletableFuture<T> future, long bytes) {
    return within(SERVER_LIMIT.plusSeconds(bytes / SLOWEST_BYTES_PER_S), "the server", future);
  }

  private static <T> T within(Duration limit, String who, CompletableFuture<T> future) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AppFailure(ExitCode.FAILED, "interrupted");
    } catch (TimeoutException e) {
      throw new AppFailure(ExitCode.TOO_SLOW, who + " did not answer in time");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  synchronized void on(ClientEvent event) {
    switch (event) {
      case ClientEvent.Online() -> wasOnline = true;
      case ClientEvent.CaughtUp() -> isCaughtUp = true;
      case ClientEvent.Offline(var why, var _) -> lastTrouble = why;
      case ClientEvent.Stopped(var why) -> {
        lastTrouble = why;
        isStopped = true;
      }
      case ClientEvent.Trouble(var what) -> output.note("! " + what);
      case ClientEvent.IdentityChanged(var account, var _) ->
          output.note("! " + account + " has another key than before: compare safety numbers");
      case ClientEvent.Forgery(var account) ->
          output.note("! the server handed out devices that " + account + " did not sign");
      case ClientEvent.MessageAdded _,
          ClientEvent.MessageChanged _,
          ClientEvent.Ticked _,
          ClientEvent.TimerChanged _,
          ClientEvent.Typing _,
          ClientEvent.Presence _,
          ClientEvent.Unreadable _,
          ClientEvent.GroupChanged _,
          ClientEvent.Rejected _ -> {
        // The store knows.
      }
    }
    events++;
    notifyAll();
  }

  /** The message once it came so far. */
  Message until(Device device, Message message, Tick wanted, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      long seen = seen();
      Message now = device.find(message.author(), message.contentId()).orElse(message);
      if (now.tick() == Tick.FAILED) {
        throw new AppFailure(ExitCode.FAILED, "the server did not take it; it is given up");
      }
      if (now.tick().compareTo(wanted) >= 0) {
        return now;
      }
      if (now.tick() == Tick.WAITING && device.isHeld(now.chat())) {
        throw held(new Names(device).of(now.chat()));
      }
      if (!await(seen, deadline)) {
        throw late(wanted, now);
      }
    }
  }

  /** Until what waited at the server is in the store; why it is not, if it took too long. */
  Optional<AppFailure> untilCaughtUp(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      long seen = seen();
      if (isCaughtUp()) {
        return Optional.empty();
      }
      if (!await(seen, deadline)) {
        return Optional.of(behind());
      }
    }
  }

  private synchronized boolean isCaughtUp() {
    return isCaughtUp;
  }

  private synchronized AppFailure behind() {
    return wasOnline
        ? new AppFailure(ExitCode.TOO_SLOW, "the server did not hand out in time what waits there")
        : unreachable("; this is what is here already");
  }

  /** It is kept, and waits for a person. */
  static AppFailure held(String name) {
    return new AppFailure(ExitCode.HELD, Held.text(name));
  }

  private synchronized long seen() {
    return events;
  }

  /** False when there is nothing to wait for any more. */
  private synchronized boolean await(long seen, long deadline) {
    try {
      while (events == seen) {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (leftMs <= 0 || isStopped) {
          return false;
        }
        wait(leftMs);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized AppFailure late(Tick wanted, Message now) {
    String kept = "; the message is kept, and sent the next time";
    if (!wasOnline) {
      return unreachable(kept);
    }
    return new AppFailure(
        ExitCode.TOO_SLOW,
        "not %s within the time%s"
            .formatted(
                wanted.name().toLowerCase(Locale.ROOT),
                now.tick() == Tick.WAITING ? kept : ", only " + now.tick().mark()));
  }

  private AppFailure unreachable(String consequence) {
    return new AppFailure(
        ExitCode.UNREACHABLE,
        "the server cannot be reached (" + Plain.line(lastTrouble, 80) + ")" + consequence);
  }
}
