package io.bluetick.bench;

import io.bluetick.bench.messages.MessagesCommand;
import io.bluetick.bench.sessions.SessionsCommand;
import io.bluetick.bench.sockets.SocketsCommand;
import io.bluetick.devstack.part.PartFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code ./bluetick bench} does once there is a JDK and a build; by itself it lists them. */
@Command(
    name = "./bluetick bench",
    mixinStandardHelpOptions = true,
    description = "measures what the parts of Bluetick cost",
    subcommands = {SocketsCommand.class, SessionsCommand.class, MessagesCommand.class})
public final class BenchLauncher implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  private BenchLauncher() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchLauncher()).setExecutionExceptionHandler(oneLine());
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return 0;
  }

  /** Expected trouble is one clear line; anything else is a defect and shows where it is. */
  private static IExecutionExceptionHandler oneLine() {
    return (failure, command, _) -> {
      if (!(failure instanceof PartFailure) && !(failure instanceof IOException)) {
        throw failure;
      }
      PrintWriter err = command.getErr();
      err.println("✗ " + failure.getMessage());
      err.flush();
      return CommandLine.ExitCode.SOFTWARE;
    };
  }
}
