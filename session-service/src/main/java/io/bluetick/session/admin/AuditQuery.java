package io.bluetick.session.admin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which entries are wanted; what is null does not matter. */
record AuditQuery(
    @Nullable Long beforeId, @Nullable String ofTarget, @Nullable String byActor, int limit) {

  Optional<Long> before() {
    return Optional.ofNullable(beforeId);
  }

  Optional<String> target() {
    return Optional.ofNullable(ofTarget);
  }

  Optional<String> actor() {
    return Optional.ofNullable(byActor);
  }
}
