package io.bluetick.session.key;

import io.bluetick.protocol.v1.SignedDeviceList;
import java.util.List;

/**
 * What is handed out of an account.
 *
 * @param listVersion of its devices now
 * @param list the newest that its primary signed
 */
record Bundles(long listVersion, SignedDeviceList list, List<Bundle> devices) {}
