package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.client.chat.Message;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds messages, of all chats or of one. Needs no server. */
@Command(
    name = "search",
    description = {
      "Find messages, of all chats or of one.",
      "They have all these words, or words that begin so; the newest comes first.",
      ""
    })
final class SearchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "WORDS", arity = "1..*")
  private List<String> words = List.of();

  @Option(
      names = "--with",
      paramLabel = "NAME",
      description = "only of the chat with this contact or account")
  private @Nullable String with;

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
    int most = app.limit(limit);
    String query = String.join(" ", words);
    return app.print(app.output(), device -> find(device, query, most).stream());
  }

  private List<Message> find(Device device, String query, int most) {
    return with == null
        ? device.search(query, most)
        : device.search(App.account(device, with), query, most);
  }
}
