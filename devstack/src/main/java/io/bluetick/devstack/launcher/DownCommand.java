package io.bluetick.devstack.launcher;

import io.bluetick.devstack.process.Control;
import io.bluetick.devstack.process.Progress;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.devstack.process.Supervisor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Stops everything in order, and what an earlier launcher left behind. */
@Command(name = "down", description = "stop everything")
final class DownCommand implements Callable<Integer> {

  private static final long STOP_LIMIT_S = 60;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = Launcher.console();
    Checkout checkout = Launcher.checkout();
    RunFile runFile = RunFile.read(checkout.home().run());
    Optional<ProcessHandle> launcher = runFile.process("launcher");
    if (launcher.isEmpty()) {
      boolean orphans = !runFile.processes().isEmpty();
      Optional<Supervisor> cleaner = Supervisor.open(checkout.home(), List.of(), Progress.silent());
      if (cleaner.isPresent()) {
        cleaner.get().close();
      }
      console.line(orphans ? "Cleaned up after a launcher that was killed." : "Nothing runs.");
      return 0;
    }
    ask(runFile, launcher.get(), console);
    return awaitEnd(launcher.get(), console);
  }

  private static void ask(RunFile runFile, ProcessHandle launcher, Console console) {
    try {
      Control.ask(runFile, "stop", console::line);
    } catch (IOException deaf) {
      launcher.destroy();
    }
  }

  private static int awaitEnd(ProcessHandle launcher, Console console) throws InterruptedException {
    try {
      launcher.onExit().get(STOP_LIMIT_S, TimeUnit.SECONDS);
      return 0;
    } catch (TimeoutException | ExecutionException e) {
      // Its watchdog then ends what is left of the children.
      launcher.destroyForcibly();
      console.error("the launcher did not stop within %d s and was killed".formatted(STOP_LIMIT_S));
      return 1;
    }
  }
}
