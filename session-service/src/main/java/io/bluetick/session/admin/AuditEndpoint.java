package io.bluetick.session.admin;

import io.bluetick.platform.security.AdminCaller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What operators did. */
@RestController
@RequestMapping("/v1/admin/session/audit")
@Tag(name = "admin", description = "For those who operate the server.")
class AuditEndpoint {
  private static final int PAGE_LIMIT = 200;

  private final AuditLog log;

  AuditEndpoint(AuditLog log) {
    this.log = log;
  }

  /** A page, the newest first. */
  @Schema(name = "AuditPage")
  record PageJson(
      List<AuditEntry> entries,
      @Schema(
              description = "What to ask for the next page with; absent when this is the last.",
              example = "4711")
          @Nullable Long next) {}

  @GetMapping
  @Operation(
      summary = "Read the audit log",
      description = "The newest first, page by page.",
      operationId = "readAudit")
  @ApiResponse(responseCode = "200", description = "A page.")
  PageJson read(
      AdminCaller caller,
      @Parameter(description = "The `next` of the page before.", example = "4711")
          @RequestParam(required = false)
          @Min(1)
          @Nullable Long before,
      @Parameter(description = "Entries at most.", example = "50")
          @RequestParam(defaultValue = "50")
          @Min(1)
          @Max(PAGE_LIMIT)
          int limit,
      @Parameter(
              description = "Only those of this target.",
              example = "00112233445566778899aabbccddeeff")
          @RequestParam(required = false)
          @Size(max = 200)
          @Nullable String target,
      @Parameter(description = "Only those of this operator.", example = "ann")
          @RequestParam(required = false)
          @Size(max = 200)
          @Nullable String actor) {
    List<AuditEntry> entries = log.find(new AuditQuery(before, target, actor, limit + 1));
    return entries.size() <= limit
        ? new PageJson(entries, null)
        : new PageJson(entries.subList(0, limit), entries.get(limit - 1).id());
  }
}
