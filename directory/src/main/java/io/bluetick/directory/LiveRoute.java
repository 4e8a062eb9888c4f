package io.bluetick.directory;

/**
 * Where a device is connected.
 *
 * @param epoch of its session; tells this connection from all others of the device
 */
public record LiveRoute(int device, long epoch, Place place) {}
