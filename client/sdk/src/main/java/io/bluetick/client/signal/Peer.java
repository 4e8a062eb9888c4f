package io.bluetick.client.signal;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.List;
import org.signal.libsignal.protocol.IdentityKey;

/**
 * An account as this device knows it.
 *
 * @param routeVersion the version of its list by which the server routes
 * @param listVersion the version that its primary signed; the same, or older when a device went
 *     without the primary
 * @param identity of its primary: what safety numbers are made of
 */
public record Peer(
    AccountId account,
    long routeVersion,
    long listVersion,
    IdentityKey identity,
    List<DeviceAddress> devices,
    Trust trust) {}
