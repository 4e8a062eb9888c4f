/** Runs the mailboxes of the partitions that are owned here: over Kafka, Redis and the inbox. */
@NullMarked
package io.bluetick.message.owner;

import org.jspecify.annotations.NullMarked;
