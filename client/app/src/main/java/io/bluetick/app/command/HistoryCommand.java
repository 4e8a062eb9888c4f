package io.bluetick.app.command;

import io.bluetick.app.output.Described;
import io.bluetick.app.output.Names;
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
    return app.registered(device -> {
      Output output = app.output();
      Described described = new Described(new Names(device), app.world().zone());
      device
          .newest(App.account(device, name), app.limit(limit))
          .forEach(message -> output.result(described.text(message), described.fields(message)));
      return 0;
    });
  }
}
