package io.bluetick.devstack.launcher;

import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.process.Control;
import io.bluetick.devstack.process.RunFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Starts one part again, whether it runs, hangs or has died. */
@Command(name = "restart", description = "start one part again")
final class RestartCommand implements Callable<Integer> {

  @Parameters(paramLabel = "<part>", description = "such as kafka or message-service")
  private String part = "";

  @Override
  public Integer call() throws IOException, PartFailure {
    Console console = Launcher.console();
    Checkout checkout = Launcher.checkout();
    String name = checkout.partName(part);
    RunFile runFile = RunFile.read(checkout.home().run());
    if (runFile.process("launcher").isEmpty()) {
      throw new PartFailure("Bluetick is not up: start it with ./bluetick up");
    }
    return Control.ask(runFile, "restart " + name, console::line) ? 0 : 1;
  }
}
