package io.bluetick.message.admin;

import io.bluetick.message.quarantine.QuarantineEntry;
import io.bluetick.message.quarantine.QuarantineEntry.State;
import io.bluetick.message.quarantine.QuarantineLog;
import io.bluetick.platform.security.AdminCaller;
import io.bluetick.protocol.AccountId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Commands that failed, for those who operate the server. */
@RestController
@RequestMapping("/v1/admin/message/quarantine")
@Tag(name = "admin", description = "For those who operate the server.")
class QuarantineEndpoint {
  private static final int PAGE_LIMIT = 200;

  private final QuarantineLog log;

  QuarantineEndpoint(QuarantineLog log) {
    this.log = log;
  }

  /** A page, the newest first. */
  @Schema(name = "QuarantinePage")
  record PageJson(
      List<EntryJson> entries,
      @Schema(
              description = "What to ask for the next page with; absent when this is the last.",
              example = "4711")
          @Nullable Long next) {}

  /** A command that failed, without its content. */
  @Schema(name = "QuarantinedCommand")
  record EntryJson(
      @Schema(description = "Grows with time.", example = "4711") long id,
      @Schema(description = "When it failed.", example = "2026-11-21T10:00:00Z") Instant at,
      @Schema(example = "3") int partition,
      @Schema(description = "Its place in the log.", example = "197472256") long sequence,
      @Schema(
              description = "Whom it concerned; absent if it named many or nobody.",
              example = "00112233445566778899aabbccddeeff")
          @Nullable AccountId actor,
      @Schema(description = "Which kind of command.", example = "deliver_receipts") String kind,
      @Schema(example = "java.lang.IllegalArgumentException: receipts of 0 messages") String cause,
      @Schema(example = "WAITING") State state,
      @Schema(description = "When it was decided about.", example = "2026-11-21T11:00:00Z")
          @Nullable Instant decidedAt,
      @Schema(description = "By whom.", example = "ann") @Nullable String decidedBy) {

    static EntryJson of(QuarantineEntry entry) {
      QuarantineEntry.Decision decision = entry.decision();
      return new EntryJson(
          entry.id(),
          entry.at(),
          entry.partition(),
          entry.sequence(),
          entry.actor(),
          entry.kind().name().toLowerCase(Locale.ROOT),
          entry.cause(),
          entry.state(),
          decision == null ? null : decision.at(),
          decision == null ? null : decision.by());
    }
  }

  @GetMapping
  @Operation(
      summary = "List commands that failed",
      description = "The newest first, page by page, of the last 30 days and the newest 10,000.",
      operationId = "adminListQuarantine")
  @ApiResponse(responseCode = "200", description = "A page.")
  PageJson list(
      AdminCaller caller,
      @Parameter(description = "The `next` of the page before.", example = "4711")
          @RequestParam(required = false)
          @Min(0)
          @Nullable Long before,
      @Parameter(description = "Entries at most.", example = "50")
          @RequestParam(defaultValue = "50")
          @Min(1)
          @Max(PAGE_LIMIT)
          int limit,
      @Parameter(description = "Only those in this state.", example = "WAITING")
          @RequestParam(required = false)
          @Nullable State state) {
    List<EntryJson> entries =
        log.page(before == null ? Long.MAX_VALUE : before, limit + 1, state).stream()
            .map(EntryJson::of)
            .toList();
    return entries.size() <= limit
        ? new PageJson(entries, null)
        : new PageJson(entries.subList(0, limit), entries.get(limit - 1).id());
  }

  @PostMapping("/{id}/replay")
  @Operation(
      summary = "Append a failed command to its mailbox again",
      description = "For admins only. If it fails again it is a new entry.",
      operationId = "adminReplayCommand")
  @ApiResponse(responseCode = "200", description = "It is in the log again.")
  @ApiResponse(responseCode = "409", description = "It was decided about before.")
  EntryJson replay(AdminCaller caller, @Parameter(example = "4711") @PathVariable @Min(0) long id) {
    caller.requireAdmin();
    AdminLog.acts(caller, "quarantine.replay", id);
    return EntryJson.of(log.replay(id, caller.name()));
  }

  @PostMapping("/{id}/discard")
  @Operation(
      summary = "Decide that a failed command is not needed",
      description = "For admins only. It stays in the list for as long as the topic keeps it.",
      operationId = "adminDiscardCommand")
  @ApiResponse(responseCode = "200", description = "It is marked.")
  @ApiResponse(responseCode = "409", description = "It was decided about before.")
  EntryJson discard(
      AdminCaller caller, @Parameter(example = "4711") @PathVariable @Min(0) long id) {
    caller.requireAdmin();
    AdminLog.acts(caller, "quarantine.discard", id);
    return EntryJson.of(log.discard(id, caller.name()));
  }
}
