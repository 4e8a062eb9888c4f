package io.bluetick.session.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.secret.XEdDsaSigner;
import java.security.SecureRandom;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeySetTest {
  private final XEdDsaSigner identity = XEdDsaSigner.generate(new SecureRandom());
  private final KeyMaker own = new KeyMaker(identity);
  private final KeyMaker others = new KeyMaker(XEdDsaSigner.generate(new SecureRandom()));

  @Test
  void a_set_that_the_identity_key_signed_is_fine() {
    KeySet all =
        new KeySet(
            own.signedPreKey(0),
            own.kyber(KeySet.MAX_ID),
            List.of(own.ec(1), own.ec(2)),
            List.of(own.kyber(1), own.kyber(2)));
    assertThatCode(() -> all.verify(key())).doesNotThrowAnyException();
    assertThatCode(() -> new KeySet(null, null, List.of(), List.of()).verify(key()))
        .doesNotThrowAnyException();
  }

  @Test
  void each_wrong_signature_is_named() {
    refused(
        new KeySet(others.signedPreKey(1), own.kyber(1), List.of(), List.of()),
        ErrorCode.BAD_SIGNATURE,
        "'signedPreKey'");
    refused(
        new KeySet(own.signedPreKey(1), others.kyber(1), List.of(), List.of()),
        ErrorCode.BAD_SIGNATURE,
        "'lastResortKyber'");
    refused(
        new KeySet(null, null, List.of(), List.of(own.kyber(1), others.kyber(2))),
        ErrorCode.BAD_SIGNATURE,
        "'kyberOneTime[1]'");
  }

  @Test
  void a_signature_of_another_key_of_the_same_device_is_wrong() {
    SignedEcKey one = own.signedPreKey(1);
    SignedEcKey two = own.signedPreKey(2);
    SignedEcKey mixed = new SignedEcKey(1, one.publicKey(), two.signature());
    refused(
        new KeySet(mixed, null, List.of(), List.of()), ErrorCode.BAD_SIGNATURE, "'signedPreKey'");
  }

  @Test
  void keys_of_another_type_are_named() {
    EcKey ec = new EcKey(1, typed(0x06, own.ec(1).publicKey()));
    refused(
        new KeySet(null, null, List.of(own.ec(2), ec), List.of()),
        ErrorCode.INVALID,
        "'ecOneTime[1]'");
    SignedEcKey signed = own.signedPreKey(1);
    refused(
        new KeySet(
            new SignedEcKey(1, typed(0x08, signed.publicKey()), signed.signature()),
            null,
            List.of(),
            List.of()),
        ErrorCode.INVALID,
        "'signedPreKey'");
    KyberKey kyber = own.kyber(1);
    refused(
        new KeySet(
            null,
            new KyberKey(1, typed(0x05, kyber.publicKey()), kyber.signature()),
            List.of(),
            List.of()),
        ErrorCode.INVALID,
        "'lastResortKyber'");
  }

  @Test
  void an_id_that_occurs_twice_is_named() {
    refused(
        new KeySet(null, null, List.of(own.ec(1), own.ec(7), own.ec(7)), List.of()),
        ErrorCode.INVALID,
        "'ecOneTime[2]' has the id 7");
    refused(
        new KeySet(null, null, List.of(), List.of(own.kyber(3), own.kyber(3))),
        ErrorCode.INVALID,
        "'kyberOneTime[1]' has the id 3");
  }

  private void refused(KeySet set, ErrorCode code, String words) {
    ThrowingCallable verifying = () -> set.verify(key());
    assertThatThrownBy(verifying)
        .isInstanceOfSatisfying(
            BluetickException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  private ByteString key() {
    return ByteString.copyFrom(identity.publicKey33());
  }

  private static ByteString typed(int type, ByteString key) {
    return ByteString.copyFrom(new byte[] {(byte) type}).concat(key.substring(1));
  }
}
