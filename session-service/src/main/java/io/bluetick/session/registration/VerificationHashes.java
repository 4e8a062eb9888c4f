package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import io.bluetick.session.secret.KeyedHash;
import io.bluetick.session.secret.MasterKey;
import org.springframework.stereotype.Component;

/** What the database knows of sessions and codes. */
@Component
class VerificationHashes {
  private final KeyedHash sessions;
  private final KeyedHash codes;

  VerificationHashes(MasterKey key) {
    this.sessions = key.hash("verification-session");
    this.codes = key.hash("verification-code");
  }

  ByteString of(VerificationId session) {
    return ByteString.copyFrom(sessions.of(session.bytes().toByteArray()));
  }

  /** The same code has another hash in each session. */
  ByteString of(VerificationId session, String digits) {
    return ByteString.copyFrom(
        codes.of(session.bytes().concat(ByteString.copyFromUtf8(digits)).toByteArray()));
  }
}
