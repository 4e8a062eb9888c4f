package io.bluetick.devstack.launcher;

import java.io.PrintStream;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The last line of a terminal while parts start: who is awaited, and for how long. It is written
 * over and over and gone when there is nobody to wait for. Its owner guards it by its own lock.
 */
final class LiveLine {

  private static final long REFRESH_MS = 250;
  private static final int WIDTH = 78;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final Object lock;
  private final Set<String> awaited = new TreeSet<>();
  private long since;

  LiveLine(PrintStream out, Object lock) {
    this.out = out;
    this.lock = lock;
  }

  void await(String part) {
    synchronized (lock) {
      if (awaited.isEmpty()) {
        since = System.nanoTime();
        Thread.ofVirtual().name("live-line").start(this::refresh);
      }
      awaited.add(part);
    }
  }

  void done(String part) {
    synchronized (lock) {
      awaited.remove(part);
      erase();
    }
  }

  /** Makes room for a line that stays. */
  void erase() {
    out.print(ERASE);
  }

  private void refresh() {
    while (draw()) {
      try {
        TimeUnit.MILLISECONDS.sleep(REFRESH_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean draw() {
    synchronized (lock) {
      if (awaited.isEmpty()) {
        return false;
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
      String text = "  … %d s, waiting for %s".formatted(seconds, String.join(", ", awaited));
      out.print(ERASE + text.substring(0, Math.min(WIDTH, text.length())));
      out.flush();
      return true;
    }
  }
}
