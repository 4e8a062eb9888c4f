package io.bluetick.session.push;

import java.time.Duration;

/** What became of a push. */
public sealed interface Outcome {

  /** The provider took it. */
  record Sent() implements Outcome {}

  /** The provider will never again take this token. */
  record TokenGone() implements Outcome {}

  /**
   * Not now.
   *
   * @param after what the provider asked for; zero if it did not say
   */
  record Retry(Duration after, Cause cause) implements Outcome {}

  /**
   * Not like this, however often it is tried.
   *
   * @param reason of the provider or ours, for the log; holds nothing of the token
   */
  record Failed(String reason) implements Outcome {}

  /** Why not now. */
  enum Cause {
    /** Too much for this device or this sender; the provider is well. */
    LIMITED,
    /** The provider is not well. */
    UNAVAILABLE
  }
}
