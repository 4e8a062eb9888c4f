package io.bluetick.gateway.outbound;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Which gateways are alive: each says so again and again, and what it said lapses. */
interface Leases {

  /**
   * Takes or prolongs a gateway's lease.
   *
   * @param instance tells this process from an earlier or another one of the same name
   * @return who held it until now
   */
  CompletionStage<Holder> renew(String node, String instance, Duration lease);

  /** Who held a lease. */
  enum Holder {
    /** The instance itself. */
    SAME,
    /** It had lapsed, was never taken, or was lost. */
    NOBODY,
    ANOTHER
  }

  /** Ends a lease early, if this instance holds it. */
  CompletionStage<Void> end(String node, String instance);

  /** Those of the given gateways that are alive. */
  CompletionStage<Set<String>> alive(Collection<String> nodes);
}
