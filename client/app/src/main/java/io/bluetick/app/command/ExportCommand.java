package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.client.chat.History;
import io.bluetick.client.chat.Message;
import io.bluetick.protocol.AccountId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** All of a chat. Needs no server. */
@Command(
    name = "export",
    description = {"All messages with somebody, readable by anyone.", ""},
    footerHeading = "%nExample:%n",
    footer = "  ./bluetick chat export anna --format json > anna.jsonl")
final class ExportCommand implements Callable<Integer> {
  /** What is written. */
  enum Format {
    TEXT,
    JSON
  }

  @Parameters(paramLabel = "NAME", description = "a contact, or an account")
  private String name = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json, an object a line (default: ${DEFAULT-VALUE})")
  private Format format = Format.TEXT;

  private final App app;

  ExportCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    Output output = format == Format.JSON ? app.output().asJson() : app.output();
    return app.print(
        output, device -> pages(device, App.account(device, name)).stream().flatMap(List::stream));
  }

  /** The store hands out the newest first. */
  private static Deque<List<Message>> pages(Device device, AccountId chat) {
    Deque<List<Message>> pages = new ArrayDeque<>();
    List<Message> page = device.newest(chat, History.PAGE_LIMIT);
    while (!page.isEmpty()) {
      pages.addFirst(page);
      page = device.before(page.getFirst(), History.PAGE_LIMIT);
    }
    return pages;
  }
}
