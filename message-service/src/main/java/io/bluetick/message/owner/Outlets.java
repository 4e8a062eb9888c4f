package io.bluetick.message.owner;

import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.quarantine.Quarantine;
import io.bluetick.platform.kafka.PackedTopic;

/**
 * Where what mailboxes want done goes to.
 *
 * @param log the topic of all commands
 * @param push the topic of wake-ups
 */
record Outlets(
    PackedTopic log, PackedTopic push, Handoffs handoffs, Inbox inbox, Quarantine quarantine) {}
