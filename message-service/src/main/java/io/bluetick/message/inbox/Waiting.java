package io.bluetick.message.inbox;

import io.bluetick.message.mailbox.DeviceKey;

/**
 * How much waits for a device.
 *
 * @param rows how many stanzas
 * @param oldestMs when the oldest of them came
 */
public record Waiting(DeviceKey device, long rows, long oldestMs) {}
