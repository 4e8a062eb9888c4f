package io.bluetick.bench.messages;

import io.bluetick.bench.device.Device;

/**
 * A device that talks to one other.
 *
 * @param listVersion of its account's device list, which whoever writes to it must name
 */
record Party(Device device, long listVersion) {}
