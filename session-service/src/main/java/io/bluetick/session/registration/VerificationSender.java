package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import io.bluetick.session.number.PhoneNumber;
import java.time.Duration;
import java.util.Optional;

/** Brings codes to phones. */
interface VerificationSender {

  /** How a code travels. */
  enum Transport {
    SMS,
    VOICE
  }

  /**
   * A code on its way. It does not print itself.
   *
   * @param language BCP 47; empty if the caller did not say
   * @param lives how long the code counts
   */
  record Code(
      PhoneNumber number,
      ByteString numberHash,
      VerificationId session,
      String digits,
      Transport transport,
      Optional<String> language,
      Duration lives) {

    @Override
    public String toString() {
      return "Code[" + transport + "]";
    }
  }

  /** What came of it. */
  sealed interface Outcome {
    /** Somebody else takes care of it now. */
    record Sent() implements Outcome {}

    /** The number cannot be reached in this way, and not later either. */
    record Unreachable() implements Outcome {}

    /**
     * It may be tried again later.
     *
     * @param reason one word for the log, no secrets
     * @param advice a sentence for the caller
     */
    record Failed(String reason, String advice) implements Outcome {}
  }

  /** Waits no longer than it takes to know, and never throws for what the other side does. */
  Outcome send(Code code);
}
