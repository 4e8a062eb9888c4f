package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;
import io.bluetick.session.number.PhoneNumber;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's own account. */
@RestController
@RequestMapping("/v1/accounts/me")
@Tag(name = "account", description = "One's own account.")
class AccountEndpoint {
  private final Accounts accounts;

  AccountEndpoint(Accounts accounts) {
    this.accounts = accounts;
  }

  /** The account as its owner sees it. */
  @Schema(name = "Account")
  record AccountJson(
      @Schema(example = "00112233445566778899aabbccddeeff") AccountId id,
      @Schema(example = "+4915112345678") String number,
      @Schema(example = "2026-11-21T10:00:00Z") Instant createdAt) {}

  @GetMapping
  @Operation(summary = "Read one's own account", operationId = "readAccount")
  @ApiResponse(responseCode = "200", description = "The account.")
  AccountJson read(Caller caller) {
    AccountView account = accounts.find(caller.account()).orElseThrow(Accounts::unknown);
    PhoneNumber number = accounts.numberOf(caller.account()).orElseThrow(Accounts::unknown);
    return new AccountJson(account.id(), number.e164(), account.createdAt());
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Delete one's own account",
      description =
          "Its devices are out at once, what waits for it is deleted. For the primary only.",
      operationId = "deleteAccount")
  @ApiResponse(responseCode = "204", description = "The account is gone.")
  void delete(Caller caller) {
    caller.requirePrimary();
    accounts.delete(caller.account());
  }
}
