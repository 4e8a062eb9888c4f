package io.bluetick.client.signal;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.List;

/**
 * Where to send what is for an account.
 *
 * @param version of its list, by which the server routes
 * @param devices that its primary signed and the server has
 */
public record Route(AccountId account, long version, List<DeviceAddress> devices) {}
