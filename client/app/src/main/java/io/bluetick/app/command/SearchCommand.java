package io.bluetick.app.command;

import io.bluetick.app.output.Described;
import io.bluetick.app.output.Names;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds messages of all chats. Needs no server. */
@Command(
    name = "search",
    description = {
      "Find messages of all chats.",
      "They have all these words, or words that begin so; the newest comes first.",
      ""
    })
final class SearchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WORDS", arity = "1..*")
  private List<String> words = List.of();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "at most 500 (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  private final App app;

  SearchCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    return app.registered(device -> {
      Output output = app.output();
      Described described = new Described(new Names(device), app.world().zone());
      device
          .search(String.join(" ", words), app.limit(limit))
          .forEach(message -> output.result(described.text(message), described.fields(message)));
      return 0;
    });
  }
}
