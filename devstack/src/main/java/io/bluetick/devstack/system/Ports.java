package io.bluetick.devstack.system;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** TCP ports of this machine. */
public final class Ports {

  /** How the variables begin that move a part to another port. */
  public static final String VARIABLE_PREFIX = "BLUETICK_PORT_";

  private static final String LOOPBACK = "127.0.0.1";
  private static final int FIRST_FREE = 12_000;
  private static final int LAST_FREE = 24_000;
  private static final Pattern SS_USER = Pattern.compile("\\(\"([^\"]+)\",pid=(\\d+)");

  private Ports() {}

  /** The variable that moves a part to another port, such as BLUETICK_PORT_GATEWAY. */
  public static String variable(String part) {
    return VARIABLE_PREFIX + part.replace("-service", "").toUpperCase(Locale.ROOT);
  }

  /** Whether a server could listen there now; a port in TIME_WAIT counts as free. */
  public static boolean isFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * Several free loopback ports at once. They lie below those that the kernel lends to outgoing
   * connections, or a client that tries to reach a killed server would now and then be given the
   * server's own port and keep it.
   */
  public static int[] free(int count) {
    Set<Integer> found = new LinkedHashSet<>();
    while (found.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE);
      if (isFree(LOOPBACK, port)) {
        found.add(port);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Says who listens on a port, as far as this machine tells: " by pid 42 (redis-server)". */
  public static String owner(int port) {
    Path lsof = Tools.find("lsof").orElse(null);
    Path ss = Tools.find("ss").orElse(null);
    try {
      if (ss != null) {
        Matcher user = SS_USER.matcher(firstLine("ss", "-Hltnp", "sport = :" + port));
        if (user.find()) {
          return " by pid " + user.group(2) + " (" + user.group(1) + ")";
        }
      } else if (lsof != null) {
        String pid = firstLine("lsof", "-nPt", "-iTCP:" + port, "-sTCP:LISTEN");
        return pid.isBlank() ? "" : " by pid " + pid.strip();
      }
    } catch (IOException unknown) {
      return "";
    }
    return "";
  }

  private static String firstLine(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var reader = process.inputReader()) {
      String line = reader.readLine();
      process.waitFor(2, TimeUnit.SECONDS);
      return line == null ? "" : line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
