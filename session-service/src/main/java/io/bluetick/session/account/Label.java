package io.bluetick.session.account;

/**
 * What people call a device.
 *
 * @param name as its owner named it
 * @param platform such as "android"
 */
public record Label(String name, String platform) {}
