package io.bluetick.devstack.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it was told, in order. */
final class RecordedProgress implements Progress {
  private final List<String> events = new CopyOnWriteArrayList<>();

  List<String> events() {
    return List.copyOf(events);
  }

  @Override
  public void starting(String part) {
    events.add("starting " + part);
  }

  @Override
  public void ready(String part, Duration took) {
    events.add("ready " + part);
  }

  @Override
  public void failed(String part, String why) {
    events.add("failed " + part);
  }

  @Override
  public void stopped(String part, Duration took) {
    events.add("stopped " + part);
  }

  @Override
  public void died(String part, String why) {
    events.add("died " + part + " " + why);
  }
}
