package io.bluetick.protocol;

import io.bluetick.protocol.TopicSpec.Scale;
import java.time.Duration;
import java.util.List;

/** Every Kafka topic of Bluetick. Nothing else spells a topic's name. */
public final class Topics {

  /**
   * The command log of all accounts and groups, in the partition of their id. An hour is long
   * enough to replay after any crash and short enough to forget.
   */
  public static final TopicSpec MAILBOX =
      new TopicSpec("mailbox", Scale.BY_ACCOUNT, Duration.ofHours(1), Duration.ofMinutes(10));

  /** Commands that failed, with their cause, kept as long as a message may live. */
  public static final TopicSpec MAILBOX_DEAD =
      new TopicSpec("mailbox.dead", Scale.SINGLE, Duration.ofDays(30), Duration.ofDays(1));

  /** Who came, went or types, in the partition of their account. Stale after minutes. */
  public static final TopicSpec PRESENCE =
      new TopicSpec("presence", Scale.BY_ACCOUNT, Duration.ofMinutes(10), Duration.ofMinutes(2));

  /** Devices to be woken, in the partition of their account. Stale after an hour. */
  public static final TopicSpec PUSH =
      new TopicSpec("push", Scale.BY_ACCOUNT, Duration.ofHours(1), Duration.ofMinutes(10));

  /**
   * What becomes of accounts, in the partition of their id. Kept long enough for a service that was
   * down over days.
   */
  public static final TopicSpec ACCOUNTS =
      new TopicSpec("accounts", Scale.BY_ACCOUNT, Duration.ofDays(7), Duration.ofDays(1));

  private Topics() {}

  /**
   * What a gateway node hands to its sockets. A hand-off, not a store: what it loses, the mailbox
   * still has.
   */
  public static TopicSpec outbound(String node) {
    return new TopicSpec(
        "outbound." + node, Scale.SINGLE, Duration.ofMinutes(5), Duration.ofMinutes(1));
  }

  /** The topics that exist whatever gateways there are. */
  public static List<TopicSpec> shared() {
    return List.of(MAILBOX, MAILBOX_DEAD, PRESENCE, PUSH, ACCOUNTS);
  }
}
