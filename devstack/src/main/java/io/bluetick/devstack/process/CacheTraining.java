package io.bluetick.devstack.process;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.artifact.Unpacker;
import io.bluetick.devstack.part.Health;
import io.bluetick.devstack.part.Jvm;
import io.bluetick.devstack.part.Launch;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records the AOT caches of the Java parts, one after the other, each by a run of its own beside
 * the running stack and at the lowest priority. It never disturbs: a run that fails only means that
 * later starts stay as slow as the first.
 */
public final class CacheTraining implements AutoCloseable {

  private static final long START_LIMIT_MS = 180_000;
  private static final long RECORD_LIMIT_MS = 180_000;
  private static final long PROBE_INTERVAL_MS = 100;

  private final Home scratch;
  private final Watchdog watchdog;

  /** Held while the scratch folder is written to. */
  private final ReentrantLock training = new ReentrantLock();

  private volatile boolean closed;
  private volatile @Nullable Child running;

  public CacheTraining(Home scratch) throws IOException {
    this.scratch = scratch;
    this.watchdog = Watchdog.start();
  }

  /** Records what is missing and says how many caches are new. */
  public int train(List<Part> parts) throws IOException, InterruptedException, PartFailure {
    training.lock();
    try {
      int recorded = 0;
      for (Part part : parts) {
        if (closed) {
          break;
        }
        Launch launch = part.prepare();
        Optional<Path> recording = Jvm.recording(launch);
        if (recording.isPresent() && record(part, launch, recording.get())) {
          recorded++;
        }
      }
      return recorded;
    } finally {
      training.unlock();
    }
  }

  private boolean record(Part part, Launch launch, Path recording)
      throws IOException, InterruptedException {
    Files.createDirectories(scratch.folder());
    Child child = Child.start(scratch, part.name(), gently(launch));
    running = child;
    watchdog.watch(child.handle().pid());
    try {
      if (closed) {
        return false;
      }
      if (!part.endsByItself()) {
        awaitReady(part, child);
        Tools.signal(child.handle().pid(), part.stopSignal());
      }
      if (!child.endsWithin(RECORD_LIMIT_MS) || !child.endedWell() || !Files.exists(recording)) {
        return false;
      }
      Jvm.publish(recording);
      return true;
    } finally {
      child.kill();
      watchdog.forget(child.handle().pid());
      Files.deleteIfExists(recording);
      Files.deleteIfExists(recording.resolveSibling(recording.getFileName() + ".config"));
    }
  }

  private static void awaitReady(Part part, Child child) throws InterruptedException {
    long start = System.nanoTime();
    while (child.isAlive()
        && !(part.probe() instanceof Health.Up)
        && System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(START_LIMIT_MS)) {
      TimeUnit.MILLISECONDS.sleep(PROBE_INTERVAL_MS);
    }
  }

  private static Launch gently(Launch launch) {
    List<String> command =
        Stream.concat(Stream.of("nice", "-n", "19"), launch.command().stream()).toList();
    return new Launch(command, launch.environment());
  }

  /** Ends the run that is under way, waits for its end and removes what the runs left behind. */
  @Override
  public void close() throws IOException {
    closed = true;
    Child child = running;
    if (child != null) {
      try {
        child.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    training.lock();
    try {
      watchdog.close();
      Unpacker.deleteTree(scratch.folder());
    } finally {
      training.unlock();
    }
  }
}
