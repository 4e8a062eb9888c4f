package io.bluetick.message.quarantine;

import io.bluetick.protocol.v1.MailboxCommand.CommandCase;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that failed, without its content.
 *
 * @param id grows with time
 * @param actorHex whom it concerned; empty if it named many or nobody
 * @param cause what was thrown
 * @param decision null while nobody has decided
 */
public record QuarantineEntry(
    long id,
    Instant at,
    int partition,
    long sequence,
    String actorHex,
    CommandCase kind,
    String cause,
    @Nullable Decision decision) {

  /** What was decided about it. */
  public record Decision(State state, Instant at, String by) {}

  /** What has become of it. */
  public enum State {
    WAITING,
    REPLAYED,
    DISCARDED
  }

  public State state() {
    return Optional.ofNullable(decision).map(Decision::state).orElse(State.WAITING);
  }

  QuarantineEntry with(@Nullable Decision made) {
    return new QuarantineEntry(id, at, partition, sequence, actorHex, kind, cause, made);
  }
}
