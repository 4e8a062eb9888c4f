package io.bluetick.app.command;

import io.bluetick.app.output.Described;
import io.bluetick.client.device.OwnDevice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Who this is. Needs no server. */
@Command(name = "info", description = "This profile's account and device.")
final class InfoCommand implements Callable<Integer> {
  private final App app;

  InfoCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    return app.registered(device -> {
      OwnDevice own = device.own().orElseThrow();
      int contacts = device.contacts().size();
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("profile", app.profile());
      fields.putAll(Described.fields(own));
      fields.put("contacts", contacts);
      app.output()
          .result(
              """
              profile   %s
              account   %s
              device    %d%s
              server    %s
              contacts  %d\
              """
                  .formatted(
                      app.profile(),
                      own.address().account(),
                      own.address().device(),
                      own.address().device() == 0 ? " (the primary)" : "",
                      own.server(),
                      contacts),
              fields);
      return 0;
    });
  }
}
