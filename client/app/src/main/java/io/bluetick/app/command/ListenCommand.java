package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.output.Described;
import io.bluetick.app.output.Names;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.protocol.AccountId;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what happens, for bots and tests. */
@Command(
    name = "listen",
    description = {
      "Print what happens, until interrupted.",
      "That is messages, ticks, typing, presence, and the connection.",
      "Nothing is marked as read unless --read says so.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./bluetick chat listen",
      "  ./bluetick chat listen --json --read | jq -r 'select(.event==\"message\").text'"
    })
final class ListenCommand implements Callable<Integer> {
  @Option(names = "--count", paramLabel = "N", description = "end after so many messages of others")
  private @Nullable Long count;

  @Option(names = "--read", description = "mark messages as read when they are printed")
  private boolean isReading;

  private final App app;

  ListenCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    if (count != null && count <= 0) {
      throw app.wrong("--count wants a number above 0");
    }
    return app.registered(device -> {
      Ears ears = new Ears(device, app.output(), count == null ? Long.MAX_VALUE : count);
      try (Link link = device.connect(ears::on)) {
        ears.listen(link);
      }
      return 0;
    });
  }

  /** Hears on the SDK's thread, and lets another one wait for the end. */
  private final class Ears {
    private final Output output;
    private final Described described;
    private final CountDownLatch end = new CountDownLatch(1);
    private long left;
    private boolean isStopped;
    private @Nullable Link link;

    Ears(Device device, Output output, long left) {
      this.output = output;
      this.described = new Described(new Names(device), app.world().zone());
      this.left = left;
    }

    void listen(Link open) {
      synchronized (this) {
        link = open;
      }
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      synchronized (this) {
        if (isStopped) {
          throw new AppFailure(ExitCode.FAILED, "the connection is not tried again");
        }
      }
    }

    synchronized void on(ClientEvent event) {
      if (left == 0) {
        return;
      }
      if (output.isJson()) {
        described.fields(event).forEach(output::object);
      } else {
        described.text(event).forEach(output::text);
      }
      if (event instanceof ClientEvent.MessageAdded(var message) && !message.isOwn()) {
        left--;
        read(message.chat());
      }
      isStopped = event instanceof ClientEvent.Stopped;
      if (left == 0 || isStopped || output.isBroken()) {
        left = 0;
        end.countDown();
      }
    }

    /** What came before the link was known is read with what comes next. */
    private void read(AccountId chat) {
      Link open = link;
      if (isReading && open != null) {
        var _ = open.read(chat);
      }
    }
  }
}
