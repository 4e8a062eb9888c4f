package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** A Curve25519 key that is used until its device replaces it. */
@Schema(name = "SignedEcKey")
public record SignedEcKey(
    @Schema(example = "3") @Min(0) @Max(KeySet.MAX_ID) int id,
    @Schema(
            description = "With libsignal's type byte 0x05, 33 bytes.",
            example = "BZ0hBHsSQ0gVV1ZqNjH3uOiHOYVYL5R9j3J4Y1mPEpd5")
        @NotNull
        @ByteLength(min = EcKey.BYTES, max = EcKey.BYTES)
        ByteString publicKey,
    @Schema(
            description = "Of the public key, by the device's identity key (XEdDSA); 64 bytes.",
            example = KeySet.SIGNATURE_EXAMPLE)
        @NotNull
        @ByteLength(min = KeySet.SIGNATURE_BYTES, max = KeySet.SIGNATURE_BYTES)
        ByteString signature) {}
