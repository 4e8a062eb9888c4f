package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.output.Plain;
import io.bluetick.client.rest.DeviceApi;
import io.bluetick.client.rest.LinkingApi.Linked;
import io.bluetick.client.rest.RefusedException;
import io.bluetick.protocol.DeviceAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The devices of this profile's account. */
@Command(
    name = "devices",
    description = {
      "The devices of your account, and which is this one.",
      "Its primary takes others in, and puts them out.",
      ""
    },
    synopsisSubcommandLabel = "[add | remove]",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./bluetick chat devices",
      "  ./bluetick chat devices add 'bluetick://link?...'",
      "  ./bluetick chat devices remove 2"
    })
final class DevicesCommand implements Callable<Integer> {
  private static final int NAME_LIMIT = 24;
  private static final int PLATFORM_LIMIT = 10;

  private final App app;

  DevicesCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    return app.registered(device -> {
      int own = number(device);
      Output output = app.output();
      List<DeviceApi.Device> devices = ask(device, output, Link::devices);
      devices.forEach(each -> output.result(text(each, own), fields(each, own)));
      return 0;
    });
  }

  /** Takes a companion in. */
  @Command(
      name = "add",
      description = {
        "Take a new device into your account, by the code that it shows.",
        "For the primary. ./bluetick chat link shows the code, on the new device.",
        ""
      },
      footerHeading = "%nExample:%n",
      footer = "  ./bluetick chat devices add 'bluetick://link?v=1&a=...'")
  static final class Add implements Callable<Integer> {
    @Parameters(
        paramLabel = "CODE",
        arity = "0..1",
        description = "in quotes, because of the &; asked for if it is left out")
    private @Nullable String code;

    private final App app;

    Add(App app) {
      this.app = app;
    }

    @Override
    public Integer call() {
      return app.registered(device -> {
        requirePrimary(device);
        String scanned = code();
        Linked linked = ask(device, app.output(), link -> link.take(scanned));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", linked.number());
        fields.put("listVersion", linked.listVersion());
        app.output().result("device %d is linked".formatted(linked.number()), fields);
        return 0;
      });
    }

    private String code() {
      if (code != null) {
        return code.strip();
      }
      return app.world()
          .asking()
          .line("The code that the new device shows: ")
          .map(String::strip)
          .filter(typed -> !typed.isEmpty())
          .orElseThrow(() ->
              new AppFailure(
                  ExitCode.USAGE,
                  "there is no code: put it behind the command, or run this in a terminal"));
    }
  }

  /** Puts a companion out. */
  @Command(
      name = "remove",
      description = {
        "Put a device out of your account. For the primary.",
        "What it has received stays on it; it hears nothing new.",
        ""
      },
      footerHeading = "%nExample:%n",
      footer = "  ./bluetick chat devices remove 2")
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "NUMBER", description = "as ./bluetick chat devices shows it")
    private int number;

    private final App app;

    Remove(App app) {
      this.app = app;
    }

    @Override
    public Integer call() {
      if (number < 1 || number > DeviceAddress.MAX_DEVICE) {
        throw app.wrong(
            "a companion has a number from 1 to %d; the primary, 0, stays"
                .formatted(DeviceAddress.MAX_DEVICE));
      }
      return app.registered(device -> {
        requirePrimary(device);
        ask(device, app.output(), link -> link.remove(number));
        app.output().result("device %d is removed".formatted(number), Map.of("removed", number));
        return 0;
      });
    }
  }

  private static <T> T ask(
      Device device, Output output, Function<Link, CompletableFuture<T>> question) {
    try (Link link = device.connect(new Waiting(output)::on)) {
      return Waiting.answered(question.apply(link));
    } catch (RefusedException e) {
      throw LinkingAdvice.of(e);
    }
  }

  private static void requirePrimary(Device device) {
    if (number(device) != 0) {
      throw new AppFailure(
          ExitCode.FAILED,
          "this is a companion: only the primary, device 0, adds and removes devices");
    }
  }

  private static int number(Device device) {
    return device.own().orElseThrow().address().device();
  }

  private static String text(DeviceApi.Device device, int own) {
    return "%3d  %-24s  %-10s  last seen %s%s%s"
        .formatted(
            device.number(),
            Plain.line(device.name(), NAME_LIMIT),
            Plain.line(device.platform(), PLATFORM_LIMIT),
            device.lastSeen(),
            device.number() == 0 ? "  the primary" : "",
            device.number() == own ? "  this one" : "");
  }

  private static Map<String, Object> fields(DeviceApi.Device device, int own) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", device.number());
    fields.put("name", device.name());
    fields.put("platform", device.platform());
    fields.put("createdAt", device.createdAt());
    fields.put("lastSeen", device.lastSeen());
    fields.put("own", device.number() == own);
    return fields;
  }
}
