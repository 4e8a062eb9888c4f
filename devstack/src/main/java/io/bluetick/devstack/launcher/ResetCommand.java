package io.bluetick.devstack.launcher;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.artifact.Unpacker;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.process.RunFile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Forgets all data, so that the next start is a first one. */
@Command(name = "reset", description = "delete all data and logs (not while it is up)")
final class ResetCommand implements Callable<Integer> {

  @Option(names = "--all", description = "also unpacked programs and start-up caches")
  private boolean all;

  @Override
  public Integer call() throws IOException, PartFailure {
    Home home = Launcher.checkout().home();
    if (RunFile.read(home.run()).process("launcher").isPresent()) {
      throw new PartFailure("Bluetick is up: stop it first with ./bluetick down");
    }
    for (String folder : new String[] {"data", "logs", "run", "test"}) {
      Unpacker.deleteTree(home.folder().resolve(folder));
    }
    if (all) {
      Unpacker.deleteTree(home.cache());
    }
    Launcher.console().line("All data is gone. The next ./bluetick up begins anew.");
    return 0;
  }
}
