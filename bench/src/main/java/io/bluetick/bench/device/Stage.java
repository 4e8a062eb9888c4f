package io.bluetick.bench.device;

/** How far a connection has come. */
public enum Stage {
  UPGRADE("before the WebSocket stood"),
  GREETING("after the first Noise message"),
  WELCOME("after the Greeting"),
  OPEN("after Welcome"),
  ENDED("after its end");

  private final String words;

  Stage(String words) {
    this.words = words;
  }

  @Override
  public String toString() {
    return words;
  }
}
