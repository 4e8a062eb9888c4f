package io.bluetick.app.demo;

import io.bluetick.app.demo.Scene.Pane;
import io.bluetick.app.output.Plain;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jline.utils.AttributedString;

/** Lines, one after the other: each step, what came of it, and what each side then sees anew. */
final class PlainStage implements Stage {
  /** Lines are as long as they are. */
  private static final int COLUMNS = 1 << 20;

  private final PrintWriter out;
  private final Map<String, List<String>> shown = new HashMap<>();
  private int told;
  private int seen;

  PlainStage(PrintWriter out) {
    this.out = out;
  }

  @Override
  public boolean isColoured() {
    return false;
  }

  @Override
  public void show(Scene scene) {
    if (scene.number() > told) {
      told = scene.number();
      out.println();
      out.println("[" + scene.number() + "/" + scene.steps() + "] " + scene.title());
      out.println("    " + scene.told());
    }
    if (scene.number() > seen && !scene.seen().isEmpty()) {
      seen = scene.number();
      out.println("  ✓ " + Plain.line(scene.seen()));
      show(scene.ann());
      show(scene.bob());
    }
    out.flush();
  }

  private void show(Pane pane) {
    List<String> rows =
        pane.rows().apply(COLUMNS).stream().map(AttributedString::toString).toList();
    List<String> before = shown.getOrDefault(pane.name(), List.of());
    rows.stream()
        .filter(row -> !before.contains(row))
        .forEach(row -> out.println("      " + pane.name() + " │ " + row));
    shown.put(pane.name(), rows);
  }

  @Override
  public Wish key(long waitMs) {
    try {
      TimeUnit.MILLISECONDS.sleep(waitMs);
      return Wish.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Wish.LEAVE;
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
