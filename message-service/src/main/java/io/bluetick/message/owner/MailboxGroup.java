package io.bluetick.message.owner;

import io.bluetick.platform.kafka.KafkaSettings;

/** The consumers that share the partitions of the log. */
public final class MailboxGroup {

  private MailboxGroup() {}

  /** Deployments that share a broker do not share mailboxes. */
  public static String name(KafkaSettings kafka) {
    return kafka.topicPrefix() + "mailboxes";
  }
}
