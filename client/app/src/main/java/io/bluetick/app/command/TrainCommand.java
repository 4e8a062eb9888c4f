package io.bluetick.app.command;

import io.bluetick.app.device.Device;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Does for once what most commands do, so that the JVM can write down what it learnt. Works on
 * whatever profiles there are: the script gives it an empty folder.
 */
@Command(name = "train", hidden = true, description = "Record the start-up cache.")
final class TrainCommand implements Callable<Integer> {
  private static final List<List<String>> RUNS =
      List.of(
          List.of("--help"),
          List.of("send", "--help"),
          List.of("info"),
          List.of("info", "--json"),
          List.of("send", "nobody", "nothing", "--timeout", "1ms"),
          // Nobody listens there.
          List.of("register", "--number", "+4915100000000", "--server", "http://127.0.0.1:9"));

  private final App app;

  TrainCommand(App app) {
    this.app = app;
  }

  @Override
  public Integer call() {
    app.made((device, passphrase) -> {
      look(device);
      return device.backup(passphrase);
    });
    for (List<String> run : RUNS) {
      PrintWriter nowhere = new PrintWriter(new StringWriter());
      CommandLine line = Launcher.commandLine(app.world());
      line.setOut(nowhere).setErr(nowhere).execute(run.toArray(String[]::new));
    }
    return 0;
  }

  private static void look(Device device) {
    device.own();
    device.contacts();
    device.search("nothing", 1);
  }
}
