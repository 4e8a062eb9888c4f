package io.bluetick.devstack.launcher;

import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the parts wrote: readable on a terminal, untouched in a pipe. */
@Command(name = "logs", description = "show what a part, or every part, wrote")
final class LogsCommand implements Callable<Integer> {

  private static final long FOLLOW_INTERVAL_MS = 200;

  @Parameters(arity = "0..1", paramLabel = "[part]", description = "all parts if none is named")
  private String part = "";

  @Option(
      names = {"-f", "--follow"},
      description = "go on as they write")
  private boolean follow;

  @Option(
      names = {"-n", "--lines"},
      defaultValue = "40",
      description = "how many of the last lines (default: ${DEFAULT-VALUE})")
  private int lines = 40;

  @Override
  public Integer call() throws IOException, InterruptedException, PartFailure {
    Console console = Launcher.console();
    Checkout checkout = Launcher.checkout();
    List<LogTail> tails = new ArrayList<>();
    for (String name : names(checkout)) {
      Path log = checkout.home().log(name);
      if (Files.exists(log) || follow) {
        tails.add(new LogTail(part.isEmpty() ? name : "", log, console));
      }
    }
    if (tails.isEmpty()) {
      throw new PartFailure("nothing was logged yet: start with ./bluetick up");
    }
    for (LogTail tail : tails) {
      tail.showLast(lines);
    }
    while (follow) {
      TimeUnit.MILLISECONDS.sleep(FOLLOW_INTERVAL_MS);
      for (LogTail tail : tails) {
        tail.showNews();
      }
    }
    return 0;
  }

  private List<String> names(Checkout checkout) throws PartFailure {
    if (part.isEmpty()) {
      return checkout.parts(Checkout.LOOPBACK).stream().map(Part::name).toList();
    }
    return List.of(part.equals("launcher") ? part : checkout.partName(part));
  }
}
