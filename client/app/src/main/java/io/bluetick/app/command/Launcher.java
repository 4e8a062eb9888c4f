package io.bluetick.app.command;

import io.bluetick.app.output.Plain;
import io.bluetick.client.Profile;
import io.bluetick.client.linking.LinkingException;
import io.bluetick.client.media.MediaException;
import io.bluetick.client.rest.RefusedException;
import io.bluetick.client.rest.UnreachableException;
import io.bluetick.client.store.StoreException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;

/** Where the program begins. */
public final class Launcher {

  private Launcher() {}

  public static void main(String[] arguments) {
    int code = commandLine(World.real(System.in)).execute(arguments);
    // The SDK's threads are no reason to stay.
    System.exit(code);
  }

  static CommandLine commandLine(World world) {
    App app = new App(world);
    CommandLine line =
        new CommandLine(app)
            .addSubcommand(new RegisterCommand(app))
            .addSubcommand(new LinkCommand(app))
            .addSubcommand(new InfoCommand(app))
            .addSubcommand(devices(app))
            .addSubcommand(contacts(app))
            .addSubcommand(new ChatCommand(app))
            .addSubcommand(new SendCommand(app))
            .addSubcommand(new ListenCommand(app))
            .addSubcommand(new HistoryCommand(app))
            .addSubcommand(new SaveCommand(app))
            .addSubcommand(new SearchCommand(app))
            .addSubcommand(new ExportCommand(app))
            .addSubcommand(new VerifyCommand(app))
            .addSubcommand(new BackupCommand(app))
            .addSubcommand(new RestoreCommand(app))
            .addSubcommand(new TrainCommand(app));
    return handled(line);
  }

  /** With one line for what goes wrong. */
  static CommandLine handled(CommandLine line) {
    return line.setExecutionExceptionHandler(oneLine())
        .setParameterExceptionHandler(hint())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  private static CommandLine contacts(App app) {
    return new CommandLine(new ContactsCommand(app))
        .addSubcommand(new ContactsCommand.Add(app))
        .addSubcommand(new ContactsCommand.ListAll(app));
  }

  private static CommandLine devices(App app) {
    return new CommandLine(new DevicesCommand(app))
        .addSubcommand(new DevicesCommand.Add(app))
        .addSubcommand(new DevicesCommand.Remove(app));
  }

  private static IParameterExceptionHandler hint() {
    return (failure, _) -> {
      CommandLine line = failure.getCommandLine();
      PrintWriter err = line.getErr();
      err.println("✗ " + Plain.line(String.valueOf(failure.getMessage())));
      err.println("  ./" + line.getCommandSpec().qualifiedName() + " --help tells more");
      return ExitCode.USAGE.number();
    };
  }

  /** Expected trouble is one clear line; anything else is a defect and shows where it is. */
  private static IExecutionExceptionHandler oneLine() {
    return (failure, line, _) -> {
      if (failure instanceof CommandLine.ParameterException wrong) {
        return hint().handleParseException(wrong, new String[0]);
      }
      AppFailure expected = expected(failure);
      line.getErr().println("✗ " + Plain.line(String.valueOf(expected.getMessage())));
      return expected.code().number();
    };
  }

  private static AppFailure expected(Exception failure) throws Exception {
    return switch (failure) {
      case AppFailure known -> known;
      case Profile.WrongPassphraseException wrong ->
          new AppFailure(ExitCode.WRONG_PASSPHRASE, String.valueOf(wrong.getMessage()));
      case StoreException store when store.kind() == StoreException.Kind.IN_USE ->
          new AppFailure(
              ExitCode.IN_USE, "this profile is open in another process, such as a chat");
      case StoreException store ->
          new AppFailure(ExitCode.FAILED, "the profile: " + store.getMessage());
      case UnreachableException gone ->
          new AppFailure(
              ExitCode.UNREACHABLE,
              "the server cannot be reached (%s); is it up? ./bluetick up"
                  .formatted(gone.reason()));
      case RefusedException no ->
          new AppFailure(
              ExitCode.FAILED,
              "the server refused: %s (%s)%s"
                  .formatted(
                      no.detail(),
                      no.slug(),
                      no.retryAfter()
                          .map(after -> ", try again in " + after.toSeconds() + " s")
                          .orElse("")));
      case LinkingException broken ->
          new AppFailure(ExitCode.FAILED, LinkingAdvice.of(broken.fault()));
      case MediaException file ->
          new AppFailure(
              file.kind() == MediaException.Kind.AWAY ? ExitCode.UNREACHABLE : ExitCode.FAILED,
              String.valueOf(file.getMessage()));
      case UncheckedIOException trouble ->
          new AppFailure(ExitCode.FAILED, String.valueOf(trouble.getMessage()));
      default -> throw failure;
    };
  }
}
