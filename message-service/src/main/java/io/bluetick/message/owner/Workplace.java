package io.bluetick.message.owner;

import java.time.Clock;

/**
 * What all threads that own partitions share.
 *
 * @param topic of the log, as the broker knows it
 * @param partitions of it
 */
record Workplace(
    String topic,
    int partitions,
    Outlets outlets,
    Lookups lookups,
    OwnerSettings settings,
    OwnerMetrics metrics,
    Clock clock) {}
