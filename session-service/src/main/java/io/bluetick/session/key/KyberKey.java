package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/** A Kyber-1024 key. */
@Schema(name = "KyberKey")
public record KyberKey(
    @Schema(
            description =
                "One-time keys are counted upwards by their device: ids that came before are not"
                    + " taken again.",
            example = "17")
        @Min(0)
        @Max(KeySet.MAX_ID)
        int id,
    @Schema(
            description = "With libsignal's type byte 0x08, 1569 bytes.",
            example = "CJbzUm1lAJ3HbgXQzVXDVFpiSnpAcFQ2")
        @NotNull
        @ByteLength(min = KyberKey.BYTES, max = KyberKey.BYTES)
        ByteString publicKey,
    @Schema(
            description = "Of the public key, by the device's identity key (XEdDSA); 64 bytes.",
            example = KeySet.SIGNATURE_EXAMPLE)
        @NotNull
        @ByteLength(min = KeySet.SIGNATURE_BYTES, max = KeySet.SIGNATURE_BYTES)
        ByteString signature) {

  static final int BYTES = 1569;
}
