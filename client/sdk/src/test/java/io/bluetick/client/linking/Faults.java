package io.bluetick.client.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a linking was refused for. */
final class Faults {

  private Faults() {}

  static LinkingFault faultOf(ThrowingCallable action) {
    LinkingException refused = catchThrowableOfType(LinkingException.class, action);
    assertThat(refused).as("what was refused").isNotNull();
    return refused.fault();
  }
}
