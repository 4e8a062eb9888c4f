package io.bluetick.session.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.ByteString;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.secret.XEdDsa;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a device uploads. A new one must have both keys that are not used up; later uploads have
 * what is to be replaced or added.
 */
@Schema(name = "KeySet")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeySet(
    @Schema(description = "Replaces the present one.") @Valid @Nullable SignedEcKey signedPreKey,
    @Schema(description = "Replaces the present one. Used while no one-time key is left.") @Valid
        @Nullable KyberKey lastResortKyber,
    @Schema(description = "Added to the stock.") @Size(max = Keys.STOCK_LIMIT)
        List<@NotNull @Valid EcKey> ecOneTime,
    @Schema(description = "Added to the stock.") @Size(max = Keys.STOCK_LIMIT)
        List<@NotNull @Valid KyberKey> kyberOneTime) {

  /** Three bytes, as libsignal has it. */
  static final int MAX_ID = 0xFFFFFF;

  static final int SIGNATURE_BYTES = XEdDsa.SIGNATURE_BYTES;
  static final String SIGNATURE_EXAMPLE =
      "7pmOeQAqhm1MtrSJ5JmDZqPQfdqHD0XbO7sQMFjH5bWr2o0Mk4TzvFTLfH1DqF0lVQ8iRk2UWnJxVgN3vAeHgg==";

  private static final byte KYBER_1024 = 0x08;

  /** Absent lists are empty ones. */
  public KeySet {
    ecOneTime = ecOneTime == null ? List.of() : ecOneTime;
    kyberOneTime = kyberOneTime == null ? List.of() : kyberOneTime;
  }

  /**
   * Throws {@code bad-signature} or {@code invalid}, naming the field, unless all keys are such and
   * signed by this key. A signature takes a tenth of a millisecond, so a full set takes a hundredth
   * of a second: better before a transaction than in it.
   */
  public void verify(ByteString identityKey) {
    SignedEcKey signed = signedPreKey;
    if (signed != null) {
      requireEc("signedPreKey", signed.publicKey());
      requireSigned("signedPreKey", identityKey, signed.publicKey(), signed.signature());
    }
    KyberKey lastResort = lastResortKyber;
    if (lastResort != null) {
      requireKyber("lastResortKyber", identityKey, lastResort);
    }
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < ecOneTime.size(); i++) {
      String field = "ecOneTime[" + i + "]";
      requireEc(field, ecOneTime.get(i).publicKey());
      requireNew(field, ids, ecOneTime.get(i).id());
    }
    ids.clear();
    for (int i = 0; i < kyberOneTime.size(); i++) {
      String field = "kyberOneTime[" + i + "]";
      requireKyber(field, identityKey, kyberOneTime.get(i));
      requireNew(field, ids, kyberOneTime.get(i).id());
    }
  }

  private static void requireEc(String field, ByteString key) {
    if (!XEdDsa.isPublicKey(key.toByteArray())) {
      throw new BluetickException(ErrorCode.INVALID, "'" + field + "' is no Curve25519 key.");
    }
  }

  private static void requireKyber(String field, ByteString identityKey, KyberKey key) {
    if (key.publicKey().byteAt(0) != KYBER_1024) {
      throw new BluetickException(ErrorCode.INVALID, "'" + field + "' is no Kyber-1024 key.");
    }
    requireSigned(field, identityKey, key.publicKey(), key.signature());
  }

  private static void requireSigned(
      String field, ByteString identityKey, ByteString key, ByteString signature) {
    if (!XEdDsa.verify(identityKey.toByteArray(), key.toByteArray(), signature.toByteArray())) {
      throw new BluetickException(
          ErrorCode.BAD_SIGNATURE, "The device's identity key did not sign '" + field + "'.");
    }
  }

  private static void requireNew(String field, Set<Integer> ids, int id) {
    if (!ids.add(id)) {
      throw new BluetickException(
          ErrorCode.INVALID, "'%s' has the id %d of another.".formatted(field, id));
    }
  }
}
