/**
 * What the rest of Bluetick hears of accounts and devices: events are kept in the transaction that
 * causes them and written to Kafka until they are there.
 */
@NullMarked
package io.bluetick.session.outbox;

import org.jspecify.annotations.NullMarked;
