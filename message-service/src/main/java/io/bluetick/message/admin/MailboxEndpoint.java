package io.bluetick.message.admin;

import io.bluetick.message.inbox.Waiting;
import io.bluetick.platform.security.AdminCaller;
import io.bluetick.protocol.AccountId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Mailboxes, for those who operate the server. */
@RestController
@RequestMapping("/v1/admin/message/mailboxes")
@Tag(name = "admin", description = "For those who operate the server.")
class MailboxEndpoint {
  private final MailboxDesk desk;
  private final Clock clock;

  MailboxEndpoint(MailboxDesk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  /** What waits for an account. */
  @Schema(name = "MailboxDepth")
  record MailboxJson(
      @Schema(example = "00112233445566778899aabbccddeeff") AccountId account,
      @Schema(description = "Those for which something waits.") List<DeviceJson> devices) {}

  /** What waits for a device. */
  @Schema(name = "QueueDepth")
  record DeviceJson(
      @Schema(description = "0 is the primary.", example = "1") int device,
      @Schema(description = "Grows when the number is registered anew.", example = "3")
          int registration,
      @Schema(description = "Stanzas.", example = "212") long rows,
      @Schema(description = "When the oldest came.", example = "2026-11-21T10:00:00Z")
          Instant oldestAt,
      @Schema(description = "Seconds since then.", example = "86400") long oldestAgeS) {

    static DeviceJson of(Waiting waiting, Instant now) {
      Instant oldest = Instant.ofEpochMilli(waiting.oldestMs());
      return new DeviceJson(
          waiting.device().device(),
          waiting.device().registration(),
          waiting.rows(),
          oldest,
          Math.max(0, now.getEpochSecond() - oldest.getEpochSecond()));
    }
  }

  @GetMapping("/{account}")
  @Operation(
      summary = "See how much waits for an account's devices",
      description =
          "In the inbox: what came within the last seconds is not counted. Nobody waits for an"
              + " account that does not exist.",
      operationId = "adminReadMailbox")
  @ApiResponse(responseCode = "200", description = "How much, and since when.")
  MailboxJson read(AdminCaller caller, @PathVariable AccountId account) {
    AdminLog.acts(caller, "mailbox.read", account);
    Instant now = clock.instant();
    return new MailboxJson(
        account,
        desk.waiting(account).stream()
            .sorted(
                Comparator.comparingInt((Waiting each) -> each.device().device())
                    .thenComparingInt(each -> each.device().registration()))
            .map(each -> DeviceJson.of(each, now))
            .toList());
  }

  @PostMapping("/{account}/empty")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Drop all that waits for an account's devices",
      description =
          "For admins only. It is lost, its senders get no receipts, and companions are told to"
              + " synchronise anew. It happens when the command's turn comes. A device for which"
              + " receipts are still owed at that moment keeps what it has: look, and ask again.",
      operationId = "adminEmptyMailbox")
  @ApiResponse(responseCode = "202", description = "The command is in the log.")
  void empty(AdminCaller caller, @PathVariable AccountId account) {
    caller.requireAdmin();
    AdminLog.acts(caller, "mailbox.empty", account);
    desk.empty(account);
  }
}
