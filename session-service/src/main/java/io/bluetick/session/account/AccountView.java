package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * An account without its number.
 *
 * @param listVersion of its devices
 * @param list the newest that its primary signed
 * @param suspendedAt empty unless it is
 */
public record AccountView(
    AccountId id,
    long listVersion,
    SignedDeviceList list,
    List<DeviceView> devices,
    Optional<Instant> suspendedAt,
    Instant createdAt,
    LocalDate lastSeen) {}
