package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import io.bluetick.app.output.Described;
import io.bluetick.app.output.Names;
import io.bluetick.app.output.Spans;
import io.bluetick.client.chat.History;
import io.bluetick.client.chat.Message;
import io.bluetick.client.device.OwnDevice;
import io.bluetick.protocol.AccountId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./bluetick chat}: what all its commands have in common. */
@Command(
    name = "bluetick chat",
    description = {
      "A device of Bluetick in your terminal: it registers, connects, encrypts,",
      "and keeps everything in a profile that only your passphrase opens.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./bluetick chat register --number +4915112345678 --dev-code",
      "  ./bluetick chat --profile laptop link",
      "  ./bluetick chat contacts add anna 00112233445566778899aabbccddeeff",
      "  ./bluetick chat chat anna",
      "  ./bluetick chat send anna 'see you at eight' --wait read --timeout 1m",
      "  ./bluetick chat --profile bot listen --json --count 1",
      "",
      "A second person on the same machine is a second profile: --profile bob.",
      "",
      "Passphrase: --passphrase-file, or BLUETICK_PASSPHRASE, or asked for. Never an argument.",
      "Profiles: folders below .bluetick/profiles of the checkout, or below BLUETICK_PROFILES."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it did not work; one line says why",
      "2:the command line is wrong, or there is no passphrase",
      "3:the server cannot be reached",
      "4:the profile is open in another process",
      "5:wrong passphrase",
      "6:there is no such profile, or it is not registered",
      "7:not within the time; a message is kept and sent the next time, a code has expired",
      "8:the key of somebody whom you verified changed; what you say waits until you verify again",
      "130:interrupted"
    },
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    usageHelpAutoWidth = true)
final class App {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "default",
      scope = ScopeType.INHERIT,
      description = "whose device this is (default: ${DEFAULT-VALUE})")
  private String profile = "default";

  @Option(
      names = "--server",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "where to register (default: http://127.0.0.1:8080); the profile keeps it")
  private @Nullable URI server;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "results as JSON, an object a line; all else on the other stream")
  private boolean json;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "a file whose first line is the passphrase")
  private @Nullable Path passphraseFile;

  /** Picocli acts upon it. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help")
  private boolean isHelpWanted;

  private final World world;

  App(World world) {
    this.world = world;
  }

  World world() {
    return world;
  }

  Output output() {
    CommandLine line = commandLine();
    return new Output(line.getOut(), line.getErr(), json);
  }

  /** Wrong on the command line, although its grammar was right. */
  ParameterException wrong(String what) {
    return new ParameterException(commandLine(), what);
  }

  private CommandLine commandLine() {
    CommandSpec known = spec;
    if (known == null) {
      throw new IllegalStateException("no command line was read");
    }
    return known.commandLine();
  }

  URI server() {
    URI told = server == null ? URI.create("http://127.0.0.1:8080") : server;
    if (told.getHost() == null || !String.valueOf(told.getScheme()).matches("https?")) {
      throw wrong("--server wants an address such as https://chat.example.org");
    }
    return told;
  }

  /** Of messages, as the store hands them out. */
  int limit(int told) {
    if (told < 1 || told > History.PAGE_LIMIT) {
      throw wrong("--limit wants a number from 1 to " + History.PAGE_LIMIT);
    }
    return told;
  }

  Duration span(String option, String told) {
    return Spans.parse(told)
        .orElseThrow(() -> wrong(option + " wants a time such as 500ms, 30s or 5m"));
  }

  String profile() {
    if (!profile.matches("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")) {
      throw wrong("--profile wants a name of letters, digits and . _ -");
    }
    return profile;
  }

  // ---- Profiles --------------------------------------------------------------------------------

  /** Works with a profile that is registered. */
  <R> R registered(Function<Device, R> work) {
    return existing((device, _) -> {
      OwnDevice own =
          device
              .own()
              .orElseThrow(() -> notRegistered("is not registered: ./bluetick chat register"));
      if (server != null && !server().equals(own.server())) {
        throw new AppFailure(
            ExitCode.FAILED, "this profile belongs to " + own.server() + ", not to " + server());
      }
      return work.apply(device);
    });
  }

  /** Prints messages of a profile that is registered. */
  int print(Output output, Function<Device, Stream<Message>> find) {
    return registered(device -> {
      Described described = new Described(new Names(device), world.zone());
      find.apply(device)
          .forEach(message -> output.result(described.text(message), described.fields(message)));
      return 0;
    });
  }

  /** Works with a profile that there is. */
  <R> R existing(Work<R> work) {
    if (!world.profiles().exists(profile())) {
      throw notRegistered("does not exist yet: ./bluetick chat register makes it");
    }
    return opened(new Passphrases(world).known(profile(), passphraseFile), work);
  }

  /** Works with a profile, which is made first if there is none. */
  <R> R made(Work<R> work) {
    Passphrases passphrases = new Passphrases(world);
    return opened(
        world.profiles().exists(profile())
            ? passphrases.known(profile(), passphraseFile)
            : passphrases.fresh(profile(), passphraseFile),
        work);
  }

  /** Something to be done with a profile; the passphrase is only lent. */
  interface Work<R> {
    R with(Device device, char[] passphrase);
  }

  private <R> R opened(char[] passphrase, Work<R> work) {
    try (Device device = world.profiles().open(profile(), passphrase)) {
      return work.with(device, passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private AppFailure notRegistered(String what) {
    return new AppFailure(ExitCode.NOT_REGISTERED, "profile \"" + profile + "\" " + what);
  }

  /** Whom somebody means by a contact's name or an account's id. */
  static AccountId account(Device device, String typed) {
    return new Names(device)
        .find(typed)
        .orElseThrow(() ->
            new AppFailure(
                ExitCode.FAILED,
                "nobody is called \""
                    + typed
                    + "\": ./bluetick chat contacts add NAME ACCOUNT, or use the account's 32"
                    + " digits"));
  }
}
