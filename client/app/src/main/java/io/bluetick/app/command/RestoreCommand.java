package io.bluetick.app.command;

import io.bluetick.client.store.Restoration;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes in what a backup holds. Needs no server. */
@Command(
    name = "restore",
    description = {
      "Add the contacts and messages of a backup.",
      "It comes before anything is said: into a profile that is new, or was just registered.",
      ""
    })
final class RestoreCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(
      names = "--other-passphrase",
      description = "the backup has another passphrase than the profile: ask for it")
  private boolean isOther;

  private final App app;

  RestoreCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    return app.made((device, passphrase) -> {
      char[] key = isOther ? asked() : passphrase.clone();
      try {
        return tell(device.restore(file, key));
      } finally {
        Arrays.fill(key, '\0');
      }
    });
  }

  private char[] asked() {
    return app.world()
        .variable("BLUETICK_BACKUP_PASSPHRASE")
        .map(String::toCharArray)
        .or(() -> app.world().asking().secret("Passphrase of the backup: "))
        .orElseThrow(() ->
            new AppFailure(
                ExitCode.USAGE, "there is no passphrase: set BLUETICK_BACKUP_PASSPHRASE"));
  }

  private int tell(Restoration restoration) {
    switch (restoration) {
      case Restoration.Restored(var added) -> {
        Map<String, Long> sorted = new TreeMap<>(added);
        app.output().result("added: " + sorted, Map.of("added", sorted));
        return 0;
      }
      case Restoration.WrongPassphrase() ->
          throw new AppFailure(
              ExitCode.WRONG_PASSPHRASE,
              "the passphrase does not open this backup; --other-passphrase asks for its own");
      case Restoration.Damaged() ->
          throw new AppFailure(ExitCode.FAILED, "this is no backup, or it is damaged: " + file);
      case Restoration.NotEmpty() ->
          throw new AppFailure(
              ExitCode.FAILED,
              "something was said here already: a backup comes first, into another --profile");
      case Restoration.Newer() ->
          throw new AppFailure(ExitCode.FAILED, "a newer version wrote this backup");
    }
  }
}
