package io.bluetick.devstack.process;

import java.time.Duration;

/** Told how a start or a stop goes on, part by part. Called from several threads. */
public interface Progress {

  void starting(String part);

  void ready(String part, Duration took);

  void failed(String part, String why);

  void stopped(String part, Duration took);

  /** A part that was ready ended without being told to. */
  void died(String part, String why);

  /** Says nothing. */
  static Progress silent() {
    return new Silent();
  }

  /** For callers who look at results only. */
  final class Silent implements Progress {
    private Silent() {}

    @Override
    public void starting(String part) {}

    @Override
    public void ready(String part, Duration took) {}

    @Override
    public void failed(String part, String why) {}

    @Override
    public void stopped(String part, Duration took) {}

    @Override
    public void died(String part, String why) {}
  }
}
