package io.bluetick.message.mailbox;

import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Priority;
import java.util.Optional;

/**
 * What waits for a device until it is acknowledged.
 *
 * @param sequence the place of its command in the log
 * @param timeMs when it came
 * @param expiresMs from then on it is not delivered any more
 * @param content a delivery without targets
 */
public record Stanza(long sequence, long timeMs, long expiresMs, Delivery content) {

  /** Of the objects that hold a content, as measured. */
  private static final int OVERHEAD_BYTES = 400;

  /** Whether its device is woken for it. */
  Priority priority() {
    return switch (content.getContentCase()) {
      case MESSAGE -> content.getMessage().getPriority();
      case CALL ->
          content.getCall().getSignal() == CallSignal.OFFER ? Priority.URGENT : Priority.BACKGROUND;
      default -> Priority.BACKGROUND;
    };
  }

  /** About so much memory they take. */
  static long bytes(Iterable<Stanza> stanzas) {
    long bytes = 0;
    for (Stanza stanza : stanzas) {
      bytes += OVERHEAD_BYTES + stanza.content.getSerializedSize();
    }
    return bytes;
  }

  boolean isExpired(long nowMs) {
    return expiresMs <= nowMs;
  }

  /** One of what both tell, if both tell the same of the same device; in the place of this. */
  Optional<Stanza> withReceiptsOf(Stanza earlier, int limit) {
    DeliverReceipts before = earlier.content.getReceipts();
    DeliverReceipts added = content.getReceipts();
    if (!earlier.content.hasReceipts()
        || !content.hasReceipts()
        || !before.getFrom().equals(added.getFrom())
        || before.getKind() != added.getKind()
        || before.getCountersCount() + added.getCountersCount() > limit) {
      return Optional.empty();
    }
    DeliverReceipts.Builder both =
        added.toBuilder()
            .clearCounters()
            .addAllCounters(before.getCountersList())
            .addAllCounters(added.getCountersList());
    Delivery delivery = Delivery.newBuilder().setReceipts(both).build();
    return Optional.of(new Stanza(sequence, timeMs, expiresMs, delivery));
  }
}
