package io.bluetick.platform.provision;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Something that must exist in a backend before the service is ready, such as its topics. Made in
 * the background, so that a service starts and answers its probes while the backend is away, and
 * tried again until it is done. {@link #state} belongs into the health of that backend.
 */
public final class Provision implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Provision.class);

  /** How far it has come. */
  public sealed interface State {
    /** Not yet made. */
    record Pending(String reason) implements State {}

    /** All is there. */
    record Done() implements State {}
  }

  /** What is made; throws when it could not be, and then must be safe to run again. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  private final String name;
  private final Work work;
  private final Backoff backoff;
  private volatile State state = new State.Pending("not begun");
  private volatile @Nullable Thread worker;

  public Provision(String name, Work work, Backoff backoff) {
    this.name = name;
    this.work = work;
    this.backoff = backoff;
  }

  public State state() {
    return state;
  }

  @Override
  public void start() {
    worker = Thread.ofVirtual().name("provision-" + name).start(this::untilDone);
  }

  @Override
  public void stop() {
    Thread running = worker;
    if (running != null) {
      running.interrupt();
      worker = null;
    }
  }

  @Override
  public boolean isRunning() {
    return worker != null;
  }

  private void untilDone() {
    for (int failures = 1; ; failures++) {
      try {
        work.run();
        state = new State.Done();
        log.atInfo().addKeyValue("what", name).log("provisioned");
        return;
      } catch (InterruptedException e) {
        return; // Stopped: the next start goes on from here.
      } catch (Exception e) {
        note(failures, e);
      }
      try {
        Thread.sleep(backoff.after(failures)); // A virtual thread of its own does nothing else.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Logged when the reason changes; a backend that is away for an hour does not fill the log. */
  private void note(int failures, Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    State.Pending pending =
        new State.Pending(root.getMessage() == null ? root.toString() : root.getMessage());
    if (failures == 1 || !pending.equals(state)) {
      log.atWarn()
          .addKeyValue("what", name)
          .addKeyValue("reason", pending.reason())
          .log("provision_retried");
    }
    state = pending;
  }
}
