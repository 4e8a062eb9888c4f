package io.bluetick.protocol.noise;

import java.util.function.Supplier;

/** The steps of a handshake, the same for both sides, each taken once. One that fails ends it. */
final class Steps {
  enum Step {
    FIRST_MESSAGE,
    SECOND_MESSAGE,
    CHANNEL,
    FAILED
  }

  private Step step = Step.FIRST_MESSAGE;

  /** Takes a step; {@code wipe} forgets the secrets if it fails. */
  <T> T take(Step taken, Step next, Supplier<T> work, Runnable wipe) {
    require(taken);
    step = Step.FAILED;
    try {
      T result = work.get();
      step = next;
      return result;
    } finally {
      if (step == Step.FAILED) {
        wipe.run();
      }
    }
  }

  void require(Step required) {
    if (step != required) {
      throw new IllegalStateException("the handshake is at " + step + ", not at " + required);
    }
  }
}
