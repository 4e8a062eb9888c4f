package io.bluetick.session.push;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The ways that are set up. What no provider of its kind takes goes to the webhook, which knows
 * devices by their addresses, and else into the log.
 */
final class Senders {
  private final Map<PushKind, PushSender> byKind = new EnumMap<>(PushKind.class);

  /** Throws {@link IllegalArgumentException} if two are of one kind. */
  Senders(Collection<PushSender> senders) {
    for (PushSender sender : senders) {
      if (byKind.put(sender.kind(), sender) != null) {
        throw new IllegalArgumentException("two senders of " + sender.kind());
      }
    }
  }

  Optional<PushSender> of(PushToken token) {
    return Optional.ofNullable(byKind.get(token.kind()))
        .or(() -> Optional.ofNullable(byKind.get(PushKind.WEBHOOK)))
        .or(() -> Optional.ofNullable(byKind.get(PushKind.LOG)));
  }
}
