package io.bluetick.message.admin;

import io.bluetick.message.admin.OwnedLog.OwnedPartition;
import io.bluetick.message.admin.OwnedLog.Owner;
import io.bluetick.platform.security.AdminCaller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The partitions of the command log, for those who operate the server. */
@RestController
@RequestMapping("/v1/admin/message/partitions")
@Tag(name = "admin", description = "For those who operate the server.")
class PartitionEndpoint {
  private final OwnedLog log;
  private final Clock clock;

  PartitionEndpoint(OwnedLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** All partitions. */
  @Schema(name = "MailboxPartitions")
  record PartitionsJson(List<PartitionJson> partitions) {}

  /** A partition. */
  @Schema(name = "MailboxPartition")
  record PartitionJson(
      @Schema(example = "3") int partition,
      @Schema(description = "Absent if nobody owns it at the moment.") @Nullable OwnerJson owner,
      @Schema(description = "That the next record will get.", example = "48211") long endOffset,
      @Schema(
              description = "Where the log is read on after a crash; absent before the first.",
              example = "48190")
          @Nullable Long committedOffset,
      @Schema(description = "Records that would be read again after a crash.", example = "21")
          long lag,
      @Schema(
              description = "When it was committed. Nothing is while nothing comes.",
              example = "2026-11-21T10:00:00Z")
          @Nullable Instant checkpointAt,
      @Schema(description = "Seconds since then.", example = "1") @Nullable Long checkpointAgeS) {

    static PartitionJson of(OwnedPartition partition, Instant now) {
      Instant at = partition.checkpointAt();
      return new PartitionJson(
          partition.number(),
          OwnerJson.of(partition.owner()),
          partition.endOffset(),
          partition.committedOffset(),
          partition.lag(),
          at,
          at == null ? null : Math.max(0, now.getEpochSecond() - at.getEpochSecond()));
    }
  }

  /** Who owns it. */
  @Schema(name = "PartitionOwner")
  record OwnerJson(
      @Schema(description = "A node and one of its threads.", example = "m1-0") String instance,
      @Schema(example = "10.0.0.7") String host) {

    static @Nullable OwnerJson of(@Nullable Owner owner) {
      return owner == null ? null : new OwnerJson(owner.instance(), owner.host());
    }
  }

  @GetMapping
  @Operation(
      summary = "See who owns the partitions of the mailboxes, and how far they are",
      operationId = "adminListPartitions")
  @ApiResponse(responseCode = "200", description = "All of them, by number.")
  PartitionsJson list(AdminCaller caller) {
    Instant now = clock.instant();
    return new PartitionsJson(
        log.partitions().stream().map(each -> PartitionJson.of(each, now)).toList());
  }
}
