package io.bluetick.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the server said no with. */
final class Refusals {

  private Refusals() {}

  static RefusedException of(ThrowingCallable call) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, call);
    assertThat(refused).as("refusal").isNotNull();
    return refused;
  }
}
