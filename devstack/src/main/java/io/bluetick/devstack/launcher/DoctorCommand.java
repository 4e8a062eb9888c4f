package io.bluetick.devstack.launcher;

import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.devstack.system.Ports;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What is missing on this machine and how to get it. The script has checked JDK and Maven. */
@Command(name = "doctor", description = "say what is missing on this machine, and how to get it")
final class DoctorCommand implements Callable<Integer> {

  private static final long DISK_BYTES = 5L << 30;
  private static final long MEMORY_BYTES = 3L << 30;

  private final Console console = Launcher.console();
  private int missing;

  @Override
  public Integer call() throws IOException, PartFailure {
    Checkout checkout = Launcher.checkout();
    boolean knownSystem = Tools.isLinux() || Tools.isMac();
    check(
        knownSystem,
        "system: " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        "the backends run on Linux and macOS: on Windows use WSL 2");
    long disk = Files.getFileStore(checkout.root()).getUsableSpace();
    check(
        disk >= DISK_BYTES,
        "disk: " + (disk >> 30) + " GB free",
        "free at least " + (DISK_BYTES >> 30) + " GB for artifacts, data and caches");
    checkMemory();
    check(
        !Tools.ownSession().isEmpty(),
        "own sessions for children (setsid or perl)",
        "install util-linux (Linux) or Perl");
    if (Tools.isRoot() && Tools.isLinux()) {
      check(
          Tools.find("setpriv").isPresent(),
          "PostgreSQL under root (setpriv)",
          "install util-linux, or run as an ordinary user");
    }
    checkPorts(checkout);
    console.line(
        missing == 0
            ? console.good("Nothing is missing.")
            : console.bad(missing + " thing(s) to mend."));
    return missing == 0 ? 0 : 1;
  }

  private void checkMemory() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      long memory = system.getTotalMemorySize();
      check(
          memory >= MEMORY_BYTES,
          "memory: " + (memory >> 30) + " GB",
          "the whole stack needs about 2.5 GB");
    }
  }

  private void checkPorts(Checkout checkout) throws IOException, PartFailure {
    if (RunFile.read(checkout.home().run()).process("launcher").isPresent()) {
      console.line(console.faint("  - ports: not checked while Bluetick is up"));
      return;
    }
    List<String> taken = new ArrayList<>();
    for (Part part : checkout.parts(Checkout.LOOPBACK)) {
      for (int port : part.ports()) {
        if (!Ports.isFree(part.host(), port)) {
          taken.add(
              "%d (%s) is taken%s: free it or set %s"
                  .formatted(port, part.name(), Ports.owner(port), Ports.variable(part.name())));
        }
      }
    }
    check(taken.isEmpty(), "ports are free", String.join("; ", taken));
  }

  private void check(boolean fine, String what, String remedy) {
    if (fine) {
      console.line("  " + console.good("✓") + " " + what);
    } else {
      missing++;
      console.line("  " + console.bad("✗") + " " + what + " — " + remedy);
    }
  }
}
