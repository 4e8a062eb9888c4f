/** What waits for devices for longer than a moment, in Cassandra. */
@NullMarked
package io.bluetick.message.inbox;

import org.jspecify.annotations.NullMarked;
