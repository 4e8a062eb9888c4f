package io.bluetick.devstack.launcher;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.process.CacheTraining;
import io.bluetick.devstack.process.Control;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.devstack.process.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts everything and stays until it is told to stop. */
@Command(name = "up", description = "start the backends and all services")
final class UpCommand implements Callable<Integer> {

  /** How far a launcher has come; noted in the run file for the command that waits for it. */
  enum Phase {
    STARTING,
    READY,
    FAILED
  }

  @Option(
      names = {"-d", "--detach"},
      description = "return when all is healthy, and let it run")
  private boolean detach;

  @Option(
      names = "--bind",
      defaultValue = Checkout.LOOPBACK,
      description = "the address the gateway listens on (default: ${DEFAULT-VALUE})")
  private String bind = Checkout.LOOPBACK;

  @Option(
      names = "--no-training",
      description = "do not record the start-up caches that are missing")
  private boolean noTraining;

  private final Console console = Launcher.console();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();

  @Override
  public Integer call() throws IOException, InterruptedException, PartFailure {
    Checkout checkout = Launcher.checkout();
    List<Part> parts = checkout.parts(bind);
    if (detach) {
      return new DetachedStart(checkout, console).start(arguments());
    }
    Optional<Supervisor> opened = Supervisor.open(checkout.home(), parts, console);
    if (opened.isEmpty()) {
      RunFile runFile = RunFile.read(checkout.home().run());
      String pid = runFile.get("launcher.pid").orElse("?");
      console.line("Bluetick is up already (launcher pid " + pid + "): see ./bluetick status");
      return 0;
    }
    return run(checkout, opened.get(), parts);
  }

  /** How the detached launcher is called. */
  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("up", "--bind", bind));
    if (noTraining) {
      arguments.add("--no-training");
    }
    return arguments;
  }

  private int run(Checkout checkout, Supervisor supervisor, List<Part> parts)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    checkout.note(supervisor.runFile());
    supervisor.runFile().put("bind", bind);
    supervisor.runFile().put("phase", Phase.STARTING.name());
    try (CacheTraining training = new CacheTraining(scratch(checkout));
        Control _ =
            Control.open(
                supervisor.runFile(), (line, to) -> handle(line, to, supervisor, training))) {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(supervisor, training), "stop-in-order"));
      try {
        supervisor.startAll();
      } catch (PartFailure reported) {
        supervisor.runFile().put("phase", Phase.FAILED.name());
        console.line("Not everything could be started. Stopping the rest.");
        stop(supervisor, training);
        return 1;
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      console.line(Summary.of(parts, took, console));
      supervisor.runFile().put("phase", Phase.READY.name());
      if (!noTraining) {
        Thread.ofVirtual().name("cache-training").start(() -> train(checkout, training));
      }
      stopped.await();
    }
    return 0;
  }

  private void train(Checkout checkout, CacheTraining training) {
    try {
      int recorded = training.train(checkout.trainingParts(scratch(checkout)));
      if (recorded > 0) {
        console.line(
            console.faint(
                "Recorded %d start-up caches: the next start is faster.".formatted(recorded)));
      }
    } catch (IOException | PartFailure e) {
      if (stopping.get()) {
        return;
      }
      console.line(console.faint("No start-up caches: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean handle(
      String request, Consumer<String> report, Supervisor supervisor, CacheTraining training) {
    String[] words = request.split(" ", 2);
    AtomicBoolean done = new AtomicBoolean(true);
    console.tellAlso(
        report,
        () -> {
          switch (words[0]) {
            case "stop" -> stop(supervisor, training);
            case "restart" -> done.set(restart(words[1], supervisor));
            default -> done.set(false);
          }
        });
    return done.get();
  }

  private static boolean restart(String part, Supervisor supervisor) {
    if (!supervisor.has(part)) {
      return false;
    }
    try {
      supervisor.restart(part);
      return true;
    } catch (PartFailure reported) {
      return false;
    }
  }

  private void stop(Supervisor supervisor, CacheTraining training) {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    try {
      try (supervisor) {
        training.close();
      }
      console.line("Stopped.");
    } catch (IOException e) {
      console.error("while stopping: " + e.getMessage());
    } finally {
      stopped.countDown();
    }
  }

  private static Home scratch(Checkout checkout) {
    return checkout.home().nested("run/training");
  }
}
