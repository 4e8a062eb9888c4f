package io.bluetick.session.registration;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import java.time.Instant;

/** Refusals that several of this feature share. */
final class Refusals {

  private Refusals() {}

  static BluetickException tooEarly(String detail, Instant now, Instant due) {
    return new BluetickException(ErrorCode.RATE_LIMITED, detail, Duration.between(now, due));
  }
}
