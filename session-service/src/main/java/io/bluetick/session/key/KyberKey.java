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
            example = KyberKey.EXAMPLE)
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

  private static final String PART =
      "HWav+EGK0xxlrvdAidIbZK32P4jRGmOs9T6H0Bliq/Q9hs8YYarzPIXOF2Cp8juE";
  private static final String PARTS = PART + PART + PART + PART + PART + PART + PART + PART;

  /** As long as a real one, or it would not fit the document. */
  private static final String EXAMPLE =
      "CAeeNcxj+pEov1bthBuySeB3DqU802oBmC/GXfSLIrlQ" + PARTS + PARTS + PARTS + PARTS;
}
