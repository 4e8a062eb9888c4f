package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Offering;
import io.bluetick.app.output.Described;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.client.linking.LinkingCode;
import io.bluetick.client.linking.TerminalQr;
import io.bluetick.client.rest.ApiException;
import io.bluetick.client.rest.OfferApi;
import io.bluetick.client.rest.RefusedException;
import io.bluetick.protocol.ErrorCode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes this profile a companion of an account that has a primary already. */
@Command(
    name = "link",
    description = {
      "Make this profile a further device of your account.",
      "It shows a code. Scan it with the primary, or type there:",
      "  ./bluetick chat devices add 'bluetick://link?...'",
      "Whoever sees the code can take this device in, for a minute and a half.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./bluetick chat --profile laptop link --name 'my laptop'",
      "  ./bluetick chat --profile bot link --json"
    })
final class LinkCommand implements Callable<Integer> {
  /** Four outlast an offer; the others are for answers that come too early. */
  private static final int ROUNDS_LIMIT = 8;

  private static final long PAUSE_MS = 1000;

  @Option(
      names = "--name",
      paramLabel = "DEVICE",
      defaultValue = "terminal",
      description = "what this device is called (default: ${DEFAULT-VALUE})")
  private String name = "terminal";

  @Option(names = "--light", description = "draw the code for a terminal that is dark on light")
  private boolean isLight;

  private final App app;

  LinkCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    URI server = app.server();
    return app.made((device, _) -> link(device, server));
  }

  private int link(Device device, URI server) {
    if (device.own().isPresent()) {
      throw new AppFailure(
          ExitCode.FAILED,
          "this profile is a device already; a new one is linked with --profile NAME");
    }
    try (Offering offering = app.world().profiles().offer(device, server, name)) {
      show(offering.code());
      OwnDevice own = finish(offering);
      app.output()
          .result(
              "%s device %d".formatted(own.address().account(), own.address().device()),
              Described.fields(own));
      return 0;
    }
  }

  private void show(LinkingCode code) {
    Output output = app.output();
    if (output.isJson()) {
      output.object(Map.of("code", code.uri()));
    } else {
      TerminalQr.Text text =
          isLight ? TerminalQr.Text.DARK_ON_LIGHT : TerminalQr.Text.LIGHT_ON_DARK;
      output.note(String.join("\n", TerminalQr.draw(code, text)));
      output.note("Scan this with the primary, or type there:");
      output.note("./bluetick chat devices add '" + code.uri() + "'");
    }
    output.note("Waiting for the primary, for a minute and a half ...");
  }

  private static OwnDevice finish(Offering offering) {
    for (int round = 1; round <= ROUNDS_LIMIT; round++) {
      Optional<OwnDevice> own = round(offering, round == ROUNDS_LIMIT);
      if (own.isPresent()) {
        return own.get();
      }
    }
    throw expired();
  }

  /** The primary may have linked this device although the answer was lost, so it asks again. */
  private static Optional<OwnDevice> round(Offering offering, boolean isLast) {
    try {
      return offering.finish(OfferApi.WAIT_LIMIT);
    } catch (ApiException e) {
      if (e instanceof RefusedException no && no.is(ErrorCode.EXPIRED)) {
        throw expired();
      }
      if (isLast || !e.isRetryable()) {
        throw e;
      }
      pause();
      return Optional.empty();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AppFailure(ExitCode.FAILED, "interrupted");
    }
  }

  private static AppFailure expired() {
    return new AppFailure(
        ExitCode.TOO_SLOW,
        "no primary took this device in, and the code has expired: run this again for another");
  }
}
