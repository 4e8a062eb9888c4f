package io.bluetick.devstack.process;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.part.Health;
import io.bluetick.devstack.part.Launch;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.system.Ports;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the parts of one home.
 *
 * <h2>Who runs</h2>
 *
 * Holding the file lock of the home is being its launcher: the kernel gives the lock back however
 * this process ends. What the last launcher noted in the {@link RunFile} and still lives is its
 * orphan, recognised by pid and start time, and is killed before anything is started; nothing else
 * ever is.
 *
 * <h2>Order</h2>
 *
 * Parts start side by side, each as soon as those it needs are ready, and stop the other way round.
 * A part that dies later is reported and left for a restart by hand: restarting it by itself would
 * hide the very faults a developer looks for.
 */
public final class Supervisor implements AutoCloseable {

  private static final long PROBE_INTERVAL_MS = 40;
  private static final long STOP_LIMIT_MS = 15_000;
  private static final long LEAST_FREE_BYTES = 1L << 30;

  private final Home home;
  private final Progress progress;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Map<String, Child> children = new ConcurrentHashMap<>();
  private final Executor threads = task -> Thread.ofVirtual().start(task);
  private final FileChannel lockFile;
  private final Watchdog watchdog;
  private final RunFile runFile;
  private volatile boolean closing;

  private Supervisor(Home home, Progress progress, FileChannel lockFile, RunFile runFile)
      throws IOException {
    this.home = home;
    this.progress = progress;
    this.lockFile = lockFile;
    this.runFile = runFile;
    this.watchdog = Watchdog.start();
  }

  /** Becomes the launcher of this home; empty if another one lives. */
  public static Optional<Supervisor> open(Home home, List<Part> parts, Progress progress)
      throws IOException, InterruptedException {
    Files.createDirectories(home.run());
    FileChannel channel =
        FileChannel.open(
            home.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      return Optional.empty();
    }
    RunFile runFile = RunFile.read(home.run());
    killOrphans(runFile);
    Supervisor supervisor = new Supervisor(home, progress, channel, runFile);
    parts.forEach(part -> supervisor.parts.put(part.name(), part));
    runFile.putProcess("launcher", ProcessHandle.current());
    return Optional.of(supervisor);
  }

  public RunFile runFile() {
    return runFile;
  }

  public boolean has(String name) {
    return parts.containsKey(name);
  }

  /** Starts everything, or throws the first failure; the rest then stays as it is. */
  public void startAll() throws PartFailure {
    start(parts.keySet());
  }

  /** Starts these parts and waits until all are ready. */
  public void start(Set<String> names) throws PartFailure {
    checkDisk();
    Map<String, CompletableFuture<Void>> starts = new LinkedHashMap<>();
    for (String name : names) {
      starts.put(name, new CompletableFuture<>());
    }
    for (String name : names) {
      CompletableFuture<?>[] needed =
          part(name).needs().stream()
              .map(starts::get)
              .filter(Objects::nonNull)
              .toArray(CompletableFuture<?>[]::new);
      var _ =
          CompletableFuture.allOf(needed)
              .thenRunAsync(
                  () -> {
                    try {
                      launch(name);
                    } catch (PartFailure e) {
                      throw new CompletionException(e);
                    }
                  },
                  threads)
              .whenComplete((done, failure) -> settle(starts.get(name), failure));
    }
    try {
      CompletableFuture.allOf(starts.values().toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      throw asPartFailure(e);
    }
  }

  /** Stops one part, however it is, and starts it again. */
  public void restart(String name) throws PartFailure {
    stop(name);
    launch(name);
  }

  /** Ends a part without asking, as a crash would. */
  public void kill(String name) throws InterruptedException {
    Child child = children.get(name);
    if (child != null) {
      child.kill();
    }
  }

  /** First what needs others, then what is needed. */
  private void stopAll() {
    List<String> dependants =
        children.keySet().stream().filter(name -> !part(name).needs().isEmpty()).toList();
    stopTogether(dependants);
    stopTogether(List.copyOf(children.keySet()));
  }

  /** Kills everything at once; for data that nobody needs again. */
  public void killAll() {
    closing = true;
    for (String name : List.copyOf(children.keySet())) {
      try {
        kill(name);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    children.clear();
  }

  /** Stops everything in order and gives the home back. */
  @Override
  public void close() throws IOException {
    closing = true;
    stopAll();
    runFile.clear();
    watchdog.close();
    lockFile.close();
  }

  private void launch(String name) throws PartFailure {
    try {
      start(part(name));
    } catch (PartFailure e) {
      throw reported(name, e);
    } catch (IOException e) {
      throw reported(name, new PartFailure(name + ": " + describe(e), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reported(name, new PartFailure(name + ": the start was interrupted", e));
    }
  }

  private PartFailure reported(String name, PartFailure failure) {
    if (!closing) {
      progress.failed(name, failure.getMessage());
    }
    return failure;
  }

  private void start(Part part) throws PartFailure, IOException, InterruptedException {
    String name = part.name();
    long start = System.nanoTime();
    progress.starting(name);
    checkPorts(part);
    Files.createDirectories(home.logs());
    Launch launch = part.prepare();
    if (closing) {
      throw new PartFailure(name + ": everything is being stopped");
    }
    Child child = Child.start(home, name, launch);
    children.put(name, child);
    watchdog.watch(child.handle().pid());
    runFile.putProcess(name, child.handle());
    var _ = child.handle().onExit().thenAccept(ended -> onEnd(name, child));
    awaitReady(part, child);
    child.becomeReady();
    progress.ready(name, since(start));
  }

  private void awaitReady(Part part, Child child) throws PartFailure, InterruptedException {
    long start = System.nanoTime();
    String why = "";
    while (since(start).compareTo(part.startLimit()) < 0) {
      if (!child.isAlive()) {
        throw new PartFailure(
            "%s died at start (%s): %s  [%s]"
                .formatted(part.name(), child.ending(), child.lastWords(), home.log(part.name())));
      }
      switch (part.probe()) {
        case Health.Up _ -> {
          return;
        }
        case Health.Down down -> why = down.why();
      }
      TimeUnit.MILLISECONDS.sleep(PROBE_INTERVAL_MS);
    }
    throw new PartFailure(
        "%s is not ready after %d s (%s): %s  [%s]"
            .formatted(
                part.name(),
                part.startLimit().toSeconds(),
                why,
                child.lastWords(),
                home.log(part.name())));
  }

  private void onEnd(String name, Child child) {
    try {
      watchdog.forget(child.handle().pid());
      if (children.remove(name, child)) {
        runFile.removeProcess(name);
        if (child.isMissed()) {
          progress.died(name, child.ending());
        }
      }
    } catch (IOException e) {
      progress.died(name, child.ending() + "; " + describe(e));
    }
  }

  private void stopTogether(List<String> names) {
    CompletableFuture.allOf(
            names.stream()
                .map(name -> CompletableFuture.runAsync(() -> stop(name), threads))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  private void stop(String name) {
    Child child = children.get(name);
    if (child == null) {
      return;
    }
    long start = System.nanoTime();
    boolean wasAlive = child.isAlive();
    try {
      child.stop(part(name).stopSignal(), STOP_LIMIT_MS);
      onEnd(name, child);
      if (wasAlive) {
        progress.stopped(name, since(start));
      }
    } catch (IOException e) {
      progress.failed(name, describe(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkPorts(Part part) throws PartFailure {
    for (int port : part.ports()) {
      if (!Ports.isFree(part.host(), port)) {
        throw new PartFailure(
            "%s: port %d is taken%s; free it, or set %s to another"
                .formatted(part.name(), port, Ports.owner(port), Ports.variable(part.name())));
      }
    }
  }

  private void checkDisk() throws PartFailure {
    try {
      long free = Files.getFileStore(home.folder()).getUsableSpace();
      if (free < LEAST_FREE_BYTES) {
        throw reported(
            "disk",
            new PartFailure(
                "the disk is full: %d MB free at %s, and at least %d MB are needed"
                    .formatted(free >> 20, home.folder(), LEAST_FREE_BYTES >> 20)));
      }
    } catch (IOException e) {
      throw reported("disk", new PartFailure(describe(e), e));
    }
  }

  private Part part(String name) {
    Part part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("no part " + name + " in " + parts.keySet());
    }
    return part;
  }

  private static void killOrphans(RunFile runFile) throws IOException, InterruptedException {
    for (String name : runFile.processes()) {
      Optional<ProcessHandle> orphan = runFile.process(name);
      if (orphan.isPresent()) {
        orphan.get().destroyForcibly();
        orphan.get().onExit().orTimeout(10, TimeUnit.SECONDS).join();
      }
    }
    runFile.clear();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }

  private static void settle(@Nullable CompletableFuture<Void> start, @Nullable Throwable failure) {
    if (start == null) {
      return;
    }
    if (failure == null) {
      start.complete(null);
    } else {
      start.completeExceptionally(failure);
    }
  }

  private static PartFailure asPartFailure(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof PartFailure known
        ? known
        : new PartFailure(String.valueOf(cause.getMessage()), cause);
  }

  private static String describe(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left")
        ? "the disk is full: free at least %d MB".formatted(LEAST_FREE_BYTES >> 20)
        : message;
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
