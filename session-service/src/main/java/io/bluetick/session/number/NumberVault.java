package io.bluetick.session.number;

import com.google.protobuf.ByteString;
import io.bluetick.session.secret.KeyedHash;
import io.bluetick.session.secret.MasterKey;
import io.bluetick.session.secret.Seal;
import org.springframework.stereotype.Component;

/** Turns phone numbers into what a database may know of them. */
@Component
public class NumberVault {
  private final KeyedHash hash;
  private final Seal seal;

  NumberVault(MasterKey key) {
    this.hash = key.hash("phone-number");
    this.seal = key.seal("phone-number");
  }

  /** 32 bytes by which a number is found. */
  public ByteString hash(PhoneNumber number) {
    return ByteString.copyFrom(hash.of(number.utf8()));
  }

  /** Opens only together with the number's hash. */
  public ByteString seal(PhoneNumber number) {
    byte[] context = hash.of(number.utf8());
    return ByteString.copyFrom(seal.seal(number.utf8(), context));
  }

  public PhoneNumber open(ByteString sealed, ByteString hash) {
    return PhoneNumber.ofKept(seal.open(sealed.toByteArray(), hash.toByteArray()));
  }
}
