package io.bluetick.devstack.launcher;

import io.bluetick.devstack.part.PartFailure;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** What {@code ./bluetick} does once there is a JDK and a build. */
@Command(
    name = "bluetick",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      RestartCommand.class,
      DoctorCommand.class,
      ResetCommand.class
    })
public final class Launcher {

  private Launcher() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Launcher()).setExecutionExceptionHandler(oneLine()).execute(arguments));
  }

  /** The checkout that the script stands in. */
  static Checkout checkout() {
    return Checkout.at(Path.of(System.getProperty("bluetick.root", ".")));
  }

  static Console console() {
    return Console.standard(System.getenv());
  }

  /** Expected trouble is one clear line; anything else is a defect and shows where it is. */
  private static IExecutionExceptionHandler oneLine() {
    return (failure, _, _) -> {
      switch (failure) {
        case PartFailure expected -> console().error(expected.getMessage());
        case IOException expected -> console().error(String.valueOf(expected.getMessage()));
        default -> throw failure;
      }
      return CommandLine.ExitCode.SOFTWARE;
    };
  }
}
