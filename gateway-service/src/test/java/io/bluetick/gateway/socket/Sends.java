package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.SendToAccount;
import java.security.SecureRandom;

/** Frames that devices send in tests. */
final class Sends {
  static final int CIPHERTEXT_BYTES = 180;

  private Sends() {}

  static ByteString ciphertext() {
    byte[] bytes = new byte[CIPHERTEXT_BYTES];
    new SecureRandom().nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  /** To the primary device of somebody whom the sender's alias 1 names from now on. */
  static SendToAccount.Builder first(long counter, AccountId to) {
    return again(counter).setAccount(to.bytes()).setListVersion(3);
  }

  /** To whom alias 1 names. */
  static SendToAccount.Builder again(long counter) {
    return SendToAccount.newBuilder()
        .setCounter(counter)
        .setTo(1)
        .addDevices(DeviceCiphertext.newBuilder().setCiphertext(ciphertext()));
  }
}
