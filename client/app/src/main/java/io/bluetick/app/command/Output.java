package io.bluetick.app.command;

import io.bluetick.app.output.JsonLine;
import io.bluetick.app.output.Plain;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results on the one stream, all that is only news on the other. */
final class Output {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean isJson;

  Output(PrintWriter out, PrintWriter err, boolean isJson) {
    this.out = out;
    this.err = err;
    this.isJson = isJson;
  }

  boolean isJson() {
    return isJson;
  }

  Output asJson() {
    return new Output(out, err, true);
  }

  PrintWriter out() {
    return out;
  }

  /** A result in both of its forms, of which one is wanted. */
  void result(String text, Map<String, ? extends @Nullable Object> fields) {
    out.println(isJson ? JsonLine.of(fields) : Plain.lines(text));
    out.flush();
  }

  void text(String text) {
    out.println(Plain.lines(text));
    out.flush();
  }

  void object(Map<String, ? extends @Nullable Object> fields) {
    out.println(JsonLine.of(fields));
    out.flush();
  }

  void note(String text) {
    err.println(Plain.lines(text));
    err.flush();
  }

  /** Whether nobody reads the results any more. */
  boolean isBroken() {
    return out.checkError();
  }
}
