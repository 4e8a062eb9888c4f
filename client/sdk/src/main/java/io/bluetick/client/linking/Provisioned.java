package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;

/**
 * What a companion knows from its primary, past the server.
 *
 * @param address the companion's own
 * @param listVersion of the first list that has it
 * @param primaryIdentityKey what signs the account's lists, 33 bytes
 */
public record Provisioned(DeviceAddress address, long listVersion, ByteString primaryIdentityKey) {}
