package io.bluetick.devstack.process;

import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sees to it that no child outlives this JVM, however this JVM ends.
 *
 * <p>A tiny shell in a session of its own holds the other end of a pipe and is told each child's
 * pid. The kernel closes the pipe when this JVM dies, kill -9 included; then the shell asks the
 * children to stop and kills what is left a second later. It is portable, where Linux's
 * parent-death signal is not.
 */
final class Watchdog implements AutoCloseable {

  private static final String SCRIPT =
      """
      pids=
      while read -r op pid; do
        case $op in
          +) pids="$pids $pid" ;;
          -) rest=; for p in $pids; do [ "$p" = "$pid" ] || rest="$rest $p"; done; pids=$rest ;;
        esac
      done
      living() {
        live=
        for p in $pids; do kill -0 "$p" 2>/dev/null && live="$live $p"; done
        pids=$live
      }
      living
      [ -n "$pids" ] && kill -INT $pids 2>/dev/null
      n=0
      while living; [ -n "$pids" ] && [ $n -lt 10 ]; do sleep 0.1; n=$((n + 1)); done
      [ -n "$pids" ] && kill -KILL $pids 2>/dev/null
      exit 0
      """;

  private final Process shell;
  private final OutputStream pipe;

  private Watchdog(Process shell) {
    this.shell = shell;
    this.pipe = shell.getOutputStream();
  }

  static Watchdog start() throws IOException {
    List<String> command = new ArrayList<>(Tools.ownSession());
    command.addAll(List.of("sh", "-c", SCRIPT, "bluetick-watchdog"));
    return new Watchdog(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  void watch(long pid) throws IOException {
    tell("+ " + pid);
  }

  /** To be called when a child has ended, before its pid can belong to somebody else. */
  void forget(long pid) throws IOException {
    tell("- " + pid);
  }

  long pid() {
    return shell.pid();
  }

  private synchronized void tell(String line) throws IOException {
    pipe.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    pipe.flush();
  }

  @Override
  public void close() throws IOException {
    pipe.close();
  }
}
