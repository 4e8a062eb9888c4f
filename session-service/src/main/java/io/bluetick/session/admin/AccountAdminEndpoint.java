package io.bluetick.session.admin;

import io.bluetick.platform.security.AdminCaller;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AccountView;
import io.bluetick.session.account.LiveSessions;
import io.bluetick.session.number.PhoneNumber;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Accounts, for those who operate the server. */
@RestController
@RequestMapping("/v1/admin/session/accounts")
@Tag(name = "admin", description = "For those who operate the server.")
class AccountAdminEndpoint {
  private static final String FOR_ADMINS = "For admins only. ";

  private final AccountDesk desk;
  private final LiveSessions sessions;

  AccountAdminEndpoint(AccountDesk desk, ObjectProvider<LiveSessions> sessions) {
    this.desk = desk;
    this.sessions = sessions.getIfAvailable(() -> LiveSessions.UNKNOWN);
  }

  /** A number, in a body because paths are logged on the way. */
  @Schema(name = "AccountSearch")
  record SearchJson(
      @Schema(description = "E.164.", example = "+4915112345678")
          @NotNull
          @Size(max = PhoneNumber.MAX_LENGTH)
          String number) {}

  /** Why. */
  @Schema(name = "Reason")
  record ReasonJson(
      @Schema(
              description = "Kept in the audit log, phone numbers left out.",
              example = "Spam, ticket 4711")
          @NotBlank
          @Size(max = AuditLog.DETAIL_LENGTH_LIMIT)
          String reason) {}

  @GetMapping("/{id}")
  @Operation(summary = "Look at an account", operationId = "adminReadAccount")
  @ApiResponse(responseCode = "200", description = "The account.")
  AccountAdminJson read(AdminCaller caller, @PathVariable AccountId id) {
    return overview(desk.read(caller, id).orElseThrow(AccountAdminEndpoint::unknown));
  }

  @PostMapping("/find")
  @Operation(summary = "Look at the account of a phone number", operationId = "adminFindAccount")
  @ApiResponse(responseCode = "200", description = "The account.")
  AccountAdminJson find(AdminCaller caller, @Valid @RequestBody SearchJson search) {
    PhoneNumber number = PhoneNumber.parse(search.number());
    return overview(desk.find(caller, number).orElseThrow(AccountAdminEndpoint::unknown));
  }

  @PostMapping("/{id}/devices/{device}/disconnect")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "End a device's connection",
      description = "It may come back at once.",
      operationId = "adminDisconnect")
  @ApiResponse(responseCode = "204", description = "It ends within a moment.")
  void disconnect(AdminCaller caller, @PathVariable AccountId id, @PathVariable int device) {
    desk.disconnect(caller, id, device);
  }

  @DeleteMapping("/{id}/devices/{device}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Unlink a companion",
      description = FOR_ADMINS + "The primary goes only with its account.",
      operationId = "adminUnlink")
  @ApiResponse(responseCode = "204", description = "It is none of the account's any more.")
  void unlink(AdminCaller caller, @PathVariable AccountId id, @PathVariable int device) {
    caller.requireAdmin();
    desk.unlink(caller, id, device);
  }

  @PostMapping("/{id}/suspend")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Suspend an account",
      description = FOR_ADMINS + "Its devices are out until it is restored; nothing is deleted.",
      operationId = "adminSuspend")
  @ApiResponse(responseCode = "204", description = "It is suspended.")
  void suspend(
      AdminCaller caller, @PathVariable AccountId id, @Valid @RequestBody ReasonJson reason) {
    caller.requireAdmin();
    desk.suspend(caller, id, reason.reason());
  }

  @PostMapping("/{id}/restore")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Restore a suspended account",
      description = FOR_ADMINS,
      operationId = "adminRestore")
  @ApiResponse(responseCode = "204", description = "Its devices may connect.")
  void restore(AdminCaller caller, @PathVariable AccountId id) {
    caller.requireAdmin();
    desk.restore(caller, id);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete an account",
      description = FOR_ADMINS + "With all it has; its id does not come back.",
      operationId = "adminDelete")
  @ApiResponse(responseCode = "204", description = "There is no such account any more.")
  void delete(
      AdminCaller caller, @PathVariable AccountId id, @Valid @RequestBody ReasonJson reason) {
    caller.requireAdmin();
    desk.delete(caller, id, reason.reason());
  }

  /** Outside of the transaction: who asks a directory waits for another backend. */
  private AccountAdminJson overview(AccountView account) {
    return AccountAdminJson.of(account, sessions.of(account.id()));
  }

  private static BluetickException unknown() {
    return new BluetickException(ErrorCode.NOT_FOUND, "There is no such account.");
  }
}
