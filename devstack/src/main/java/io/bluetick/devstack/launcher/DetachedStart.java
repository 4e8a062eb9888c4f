package io.bluetick.devstack.launcher;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code up -d}: starts a launcher in a session of its own, shows what it says until all is healthy
 * or something failed, and leaves it alone.
 */
final class DetachedStart {

  private static final long FOLLOW_INTERVAL_MS = 100;

  private final Home home;
  private final Console console;

  DetachedStart(Checkout checkout, Console console) {
    this.home = checkout.home();
    this.console = console;
  }

  int start(List<String> arguments) throws IOException, InterruptedException {
    Path log = home.log("launcher");
    Files.createDirectories(log.getParent());
    long from = Files.exists(log) ? Files.size(log) : 0;
    // The script writes this JVM's options and class path into an argument file.
    List<String> command = new ArrayList<>(Tools.ownSession());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + System.getProperty("bluetick.arguments"));
    command.add(Launcher.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("BLUETICK_COLOUR", console.isColoured() ? "1" : "0");
    return follow(builder.start(), log, from);
  }

  private int follow(Process launcher, Path log, long from)
      throws IOException, InterruptedException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(from);
      while (true) {
        // Asked before the log is read, so that what was said before the end is shown.
        boolean ended = launcher.waitFor(FOLLOW_INTERVAL_MS, TimeUnit.MILLISECONDS);
        boolean ready = isReady(launcher.pid());
        show(file);
        if (ended) {
          return launcher.exitValue();
        }
        if (ready) {
          return 0;
        }
      }
    }
  }

  private boolean isReady(long pid) throws IOException {
    RunFile runFile = RunFile.read(home.run());
    return runFile.get("launcher.pid").filter(Long.toString(pid)::equals).isPresent()
        && runFile.get("phase").filter(UpCommand.Phase.READY.name()::equals).isPresent();
  }

  private void show(RandomAccessFile file) throws IOException {
    byte[] news = new byte[(int) (file.length() - file.getFilePointer())];
    file.readFully(news);
    String text = new String(news, StandardCharsets.UTF_8);
    if (!text.isEmpty()) {
      console.line(text.stripTrailing());
    }
  }
}
