package io.bluetick.session.key;

import io.bluetick.protocol.v1.SignedDeviceList;

/**
 * Who an account's devices are.
 *
 * @param listVersion of its devices now
 * @param list the newest that its primary signed
 */
record PublishedList(long listVersion, SignedDeviceList list) {}
