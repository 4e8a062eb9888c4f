package io.bluetick.app.demo;

import java.util.List;
import java.util.function.IntFunction;
import org.jline.utils.AttributedString;

/**
 * What is to be seen at one moment.
 *
 * @param number of the step, from 1
 * @param seen what has come of the step; empty while it is awaited
 */
record Scene(int number, int steps, String title, String told, String seen, Pane ann, Pane bob) {

  /**
   * One side of it.
   *
   * @param standing beside the name: whether the device is connected
   * @param isDimmed nobody is there
   * @param rows the chat, as wide as it is asked for
   */
  record Pane(
      String name, String standing, boolean isDimmed, IntFunction<List<AttributedString>> rows) {}
}
