package io.bluetick.session.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.ByteString;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What it takes to begin a session with one device. */
@Schema(name = "Bundle")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Bundle(
    @Schema(description = "0 is the primary.", example = "0") int device,
    @Schema(description = "What libsignal calls a registration id.", example = "1")
        int registration,
    @Schema(
            description = "With libsignal's type byte 0x05, 33 bytes. Compare with the list.",
            example = "BZ0hBHsSQ0gVV1ZqNjH3uOiHOYVYL5R9j3J4Y1mPEpd5")
        ByteString identityKey,
    SignedEcKey signedPreKey,
    @Schema(description = "Absent when the device has none left.") @Nullable EcKey ecOneTime,
    KyberKey kyber,
    @Schema(
            description = "Whether the Kyber key is the last resort, because no other is left.",
            example = "false")
        boolean kyberIsLastResort) {}
