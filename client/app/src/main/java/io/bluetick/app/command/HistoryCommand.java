package io.bluetick.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What was said last. Needs no server. */
@Command(name = "history", description = "The last messages with somebody, oldest first.")
final class HistoryCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "a contact, or an account")
  private String name = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "at most 500 (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  private final App app;

  HistoryCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    int most = app.limit(limit);
    return app.print(
        app.output(), device -> device.newest(App.account(device, name), most).stream());
  }
}
