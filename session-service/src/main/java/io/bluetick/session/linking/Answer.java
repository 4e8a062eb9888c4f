package io.bluetick.session.linking;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.Registered;

/**
 * What the companion learns once it is linked.
 *
 * @param message from the primary, encrypted for the companion
 */
record Answer(
    AccountId account, int device, int registration, long listVersion, ByteString message) {

  static Answer of(Registered registered, ByteString message) {
    return new Answer(
        registered.account(),
        registered.device(),
        registered.registration(),
        registered.listVersion(),
        message);
  }

  Registered registered() {
    return new Registered(account, device, registration, listVersion);
  }
}
