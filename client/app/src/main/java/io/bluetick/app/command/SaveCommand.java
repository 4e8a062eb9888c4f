package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.output.Described;
import io.bluetick.client.chat.Message;
import io.bluetick.client.media.MediaException;
import io.bluetick.protocol.AccountId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches the files of a chat. */
@Command(
    name = "save",
    description = {
      "Fetch the files of the last messages with somebody, and tell where they are.",
      "What is here already is only told. A file to be looked at once is fetched by /save in a",
      "chat, and gone when the chat is left.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./bluetick chat save anna",
      "  ./bluetick chat save anna --limit 1 --json | jq -r .path"
    })
final class SaveCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "a contact, or an account")
  private String name = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "of so many messages, at most 500 (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "how long to wait for what is on its way (default: ${DEFAULT-VALUE})")
  private String timeout = "10s";

  private final App app;

  SaveCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    int most = app.limit(limit);
    Duration patience = app.span("--timeout", timeout);
    return app.registered(device -> save(device, most, patience));
  }

  private int save(Device device, int most, Duration patience) {
    Output output = app.output();
    AccountId chat = App.account(device, name);
    Waiting waiting = new Waiting(output);
    int failures = 0;
    try (Link link = device.connect(waiting::on)) {
      Optional<AppFailure> behind = waiting.untilCaughtUp(patience);
      for (Message message : files(device, chat, most)) {
        try {
          saved(output, message, fetched(link, message));
        } catch (MediaException e) {
          failures++;
          output.note("! " + message.text() + ": " + Described.failure(e));
        }
      }
      behind.ifPresent(why -> {
        throw why;
      });
    }
    if (failures > 0) {
      throw new AppFailure(ExitCode.FAILED, failures + " could not be fetched");
    }
    return 0;
  }

  private static List<Message> files(Device device, AccountId chat, int most) {
    return device.newest(chat, most).stream()
        .filter(message -> message.content().hasAttachment())
        .filter(message -> !message.content().getAttachment().getViewOnce())
        .toList();
  }

  private static Path fetched(Link link, Message message) {
    return Waiting.transferred(link.fetch(message), message.content().getAttachment().getSize());
  }

  private static void saved(Output output, Message message, Path path) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", message.id());
    fields.put("path", path.toString());
    output.result(path.toString(), fields);
  }
}
