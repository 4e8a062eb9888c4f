package io.bluetick.session.account;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A device as its owner and admins see it.
 *
 * @param registration higher than that of any device registered before in this account
 * @param sinceVersion of the device list with which this registration came
 * @param lastSeen the day of its last connection
 */
public record DeviceView(
    int number,
    int registration,
    long sinceVersion,
    Label label,
    Instant createdAt,
    LocalDate lastSeen) {}
