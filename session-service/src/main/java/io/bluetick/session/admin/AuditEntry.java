package io.bluetick.session.admin;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** What an operator did. */
@Schema(name = "AuditEntry")
record AuditEntry(
    @Schema(description = "Grows with time.", example = "4711") long id,
    @Schema(example = "2026-11-21T10:00:00Z") Instant at,
    @Schema(description = "The name in the token.", example = "ann") String actor,
    @Schema(example = "account.suspend") String action,
    @Schema(description = "An id, or empty.", example = "00112233445566778899aabbccddeeff")
        String target,
    @Schema(description = "In words, or empty.", example = "Spam, ticket 4711") String detail) {}
