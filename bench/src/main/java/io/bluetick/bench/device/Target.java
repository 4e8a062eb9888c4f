package io.bluetick.bench.device;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Where to connect.
 *
 * @param serverKey the gateway's static key, which the devices pin
 * @param openLimit how long it may take from the connect to Welcome
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Target(InetSocketAddress gateway, byte[] serverKey, Duration openLimit) {}
