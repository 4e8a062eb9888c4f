package io.bluetick.app.output;

/** What is said when messages wait because a key that was verified changed. */
public final class Held {
  private Held() {}

  /** By what one types on a command line. */
  public static String text(String name) {
    return "%s has another key than the one that you verified, so what you say waits: compare again"
            .formatted(name)
        + " (verify NAME, then --yes), or go on without that (verify NAME --trust)";
  }

  /** By what one types in a chat. */
  public static String notice(String name) {
    return "! %s has another key than the one that you verified, so what you say waits"
            .formatted(name)
        + ": compare again by /verify, or go on without that by /trust";
  }
}
