package io.bluetick.app.terminal;

import io.bluetick.app.output.Plain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Lines, one after the other, for pipes and terminals that can do no more. */
final class PlainScreen implements Screen {
  /** Lines are as long as they are. */
  private static final int COLUMNS = 1 << 20;

  private final BufferedReader in;
  private final PrintWriter out;
  private String status = "";

  PlainScreen(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public int columns() {
    return COLUMNS;
  }

  @Override
  public synchronized void add(Block block) {
    block.rows().forEach(row -> out.println(row.toString()));
    out.flush();
  }

  @Override
  public synchronized void replace(Block block) {
    if (!block.brief().isEmpty()) {
      out.println(block.brief());
      out.flush();
    }
  }

  @Override
  public void clear() {
    // What was printed stays.
  }

  @Override
  public synchronized void status(String text) {
    if (!text.equals(status)) {
      status = text;
      out.println("-- " + Plain.line(text));
      out.flush();
    }
  }

  @Override
  public Optional<String> read() {
    try {
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onTyping(Runnable listener) {
    // Whole lines come here, after they were typed.
  }

  @Override
  public void close() {
    out.flush();
  }
}
