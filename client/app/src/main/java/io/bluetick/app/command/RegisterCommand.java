package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Verification;
import io.bluetick.app.output.Described;
import io.bluetick.client.device.OwnDevice;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes this profile the primary device of a phone number. */
@Command(
    name = "register",
    description = {
      "Make this profile the device of a phone number.",
      "A code is sent to the number, and who knows it registers; every other device of the",
      "number is out then.",
      "A number with a PIN: set BLUETICK_PIN.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./bluetick chat register --number +4915112345678",
      "  ./bluetick chat --profile bob register --number +4915187654321 --dev-code --json"
    })
final class RegisterCommand implements Callable<Integer> {
  @Option(
      names = "--number",
      required = true,
      paramLabel = "NUMBER",
      description = "with + and the country's code")
  private String number = "";

  @Option(
      names = "--name",
      paramLabel = "DEVICE",
      defaultValue = "terminal",
      description = "what this device is called (default: ${DEFAULT-VALUE})")
  private String name = "terminal";

  @Option(names = "--again", description = "although this profile is registered: with new keys")
  private boolean isAgain;

  @ArgGroup private @Nullable Code code;

  /** Where the code comes from, unless it is asked for. */
  static final class Code {
    @Option(names = "--code", paramLabel = "CODE", description = "the code, if it is known")
    private @Nullable String given;

    @Option(names = "--dev-code", description = "read it from the log of ./bluetick up")
    private boolean isInLog;
  }

  private final App app;

  RegisterCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    URI server = app.server();
    String plain = number.replaceAll("[\\s()/.-]", "");
    if (!plain.matches("\\+[1-9][0-9]{4,14}")) {
      throw app.wrong("--number wants a number such as +4915112345678");
    }
    return app.made((device, _) -> register(device, server, plain));
  }

  private int register(Device device, URI server, String plain) {
    if (!isAgain && device.own().isPresent()) {
      throw new AppFailure(
          ExitCode.FAILED,
          "this profile is registered already; --again registers it anew, with new keys");
    }
    try (Verification verification = app.world().profiles().begin(device, server, plain)) {
      OwnDevice own =
          verification.finish(
              code(verification), name, app.world().variable("BLUETICK_PIN").orElse(null));
      app.output().result(own.address().account().toString(), Described.fields(own));
      return 0;
    }
  }

  private String code(Verification verification) {
    if (code != null && code.given != null) {
      return code.given;
    }
    if (code != null && code.isInLog) {
      return new DevCodes(app.world().home()).of(verification.session());
    }
    return app.world()
        .asking()
        .line("The code that was sent to " + number + ": ")
        .map(String::strip)
        .filter(typed -> !typed.isEmpty())
        .orElseThrow(() ->
            new AppFailure(
                ExitCode.USAGE, "there is no code: run this in a terminal, or use --dev-code"));
  }
}
