package io.bluetick.app.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Writes what was said into an encrypted file. Needs no server. */
@Command(
    name = "backup",
    description = {
      "Write contacts and messages into an encrypted file.",
      "The profile's passphrase opens it.",
      "Keys are not in it: who restores it registers anew. The newest seven are kept."
    })
final class BackupCommand implements Callable<Integer> {
  private final App app;

  BackupCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    return app.existing((device, passphrase) -> {
      Path file = device.backup(passphrase);
      app.output().result(file.toString(), Map.of("file", file));
      return 0;
    });
  }
}
