package io.bluetick.session.linking;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.NewDevice;
import io.bluetick.session.key.KeySet;
import io.bluetick.session.key.KyberKey;
import io.bluetick.session.key.SignedEcKey;
import io.bluetick.session.secret.XEdDsa;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device that wants to belong to an account, and does not know yet to which. */
@Schema(name = "Offer")
record OfferJson(
    @Schema(
            description = "What it connects with: Curve25519, 32 bytes.",
            example = "nSEEexJDSBVXVmo2Mfe46Ic5hVgvlH2PcnhjWY8Sl3k=")
        @NotNull
        @ByteLength(min = NewDevice.NOISE_KEY_BYTES, max = NewDevice.NOISE_KEY_BYTES)
        ByteString noiseKey,
    @Schema(
            description = "With libsignal's type byte 0x05, 33 bytes.",
            example = "BZ0hBHsSQ0gVV1ZqNjH3uOiHOYVYL5R9j3J4Y1mPEpd5")
        @NotNull
        @ByteLength(min = NewDevice.IDENTITY_KEY_BYTES, max = NewDevice.IDENTITY_KEY_BYTES)
        ByteString identityKey,
    @Schema(example = "Ann's laptop") @NotBlank @Size(max = 64) String name,
    @Schema(example = "linux") @NotBlank @Size(max = 32) String platform,
    @NotNull @Valid SignedEcKey signedPreKey,
    @NotNull @Valid KyberKey lastResortKyber,
    @Schema(
            description =
                "A MAC over the keys, by a secret that only the QR code shows: the primary sees"
                    + " that nobody on the way exchanged them. Up to 64 bytes, opaque to the"
                    + " server.",
            example = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        @ByteLength(min = 1, max = 64)
        @Nullable ByteString confirmation) {

  /** Throws {@code invalid} or {@code bad-signature} unless the keys are such, and signed. */
  void verify() {
    if (!XEdDsa.isPublicKey(identityKey.toByteArray())) {
      throw new BluetickException(ErrorCode.INVALID, "'identityKey' is no Curve25519 key.");
    }
    keys().verify(identityKey);
  }

  NewDevice device() {
    return new NewDevice(noiseKey, identityKey, name, platform);
  }

  KeySet keys() {
    return new KeySet(signedPreKey, lastResortKyber, List.of(), List.of());
  }
}
