package io.bluetick.bench.sockets;

import io.bluetick.bench.measure.LinuxProcess;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What is measured.
 *
 * @param kafka the broker behind it, where it is known
 */
record Gateway(InetSocketAddress address, LinuxProcess process, Optional<LinuxProcess> kafka) {}
