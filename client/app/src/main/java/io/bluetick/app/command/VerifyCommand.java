package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.device.Link;
import io.bluetick.app.output.Names;
import io.bluetick.app.output.SafetyNumber;
import io.bluetick.protocol.AccountId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The safety number with somebody. */
@Command(
    name = "verify",
    description = {
      "The safety number with somebody.",
      "The same sixty digits on both sides mean that nobody is in between. Compare them in",
      "person or by a call, not by a message.",
      "When a key changes that was compared, what you say waits until you have compared again.",
      ""
    })
final class VerifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "a contact, or an account")
  private String name = "";

  @ArgGroup private @Nullable Answer answer;

  /** What comparing came to. */
  static final class Answer {
    @Option(names = "--yes", description = "keep that it was the same")
    private boolean isSame;

    @Option(names = "--no", description = "take that back")
    private boolean isOther;

    @Option(
        names = "--trust",
        description = "send what waits since the key changed, without comparing")
    private boolean isTrusted;
  }

  private final App app;

  VerifyCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    return app.registered(device -> {
      AccountId account = App.account(device, name);
      String digits =
          device
              .safetyNumber(account)
              .orElseThrow(() ->
                  new AppFailure(
                      ExitCode.FAILED,
                      "there is no safety number before the first message between you"));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("account", account);
      fields.put("safetyNumber", digits);
      if (answer != null) {
        fields.put("verified", keep(device, account, answer));
      }
      boolean isHeld = device.isHeld(account);
      fields.put("held", isHeld);
      app.output().result(SafetyNumber.rows(digits), fields);
      if (isHeld) {
        throw Waiting.held(new Names(device).of(account));
      }
      return 0;
    });
  }

  private static boolean keep(Device device, AccountId account, Answer answer) {
    try (Link link = device.connect(_ -> {})) {
      if (answer.isTrusted) {
        var _ = Waiting.done(link.trust(account));
        return false;
      }
      return Waiting.done(link.verified(account, answer.isSame && !answer.isOther));
    }
  }
}
