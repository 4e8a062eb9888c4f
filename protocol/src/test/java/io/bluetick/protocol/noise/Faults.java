package io.bluetick.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Says which fault a call ends with. Any other end fails the test. */
final class Faults {

  private Faults() {}

  static NoiseFault faultOf(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(NoiseException.class);
    assertThat(thrown.getStackTrace()).isEmpty();
    return ((NoiseException) thrown).fault();
  }
}
