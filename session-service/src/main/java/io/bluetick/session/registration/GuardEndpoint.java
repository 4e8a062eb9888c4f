package io.bluetick.session.registration;

import io.bluetick.session.account.Caller;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The number of the caller's account, and the PIN that guards it. */
@RestController
@RequestMapping("/v1/accounts/me")
@Tag(name = "account")
class GuardEndpoint {
  private final Registrations registrations;
  private final RegistrationLock lock;
  private final Limits limits;

  GuardEndpoint(Registrations registrations, RegistrationLock lock, Limits limits) {
    this.registrations = registrations;
    this.lock = lock;
    this.limits = limits;
  }

  /** The PIN that is to be. */
  @Schema(name = "NewPin")
  record PinJson(
      @Schema(description = "Any text; most take digits.", example = "2580")
          @NotNull
          @Size(min = Pin.MIN, max = Pin.MAX)
          String pin) {

    @Override
    public String toString() {
      return "PinJson";
    }
  }

  /** The number that is to be. */
  @Schema(name = "NumberChange")
  record NumberJson(
      @Schema(
              description = "A verified one, of the new number.",
              example = "6f1d2c3b4a5968778695a4b3c2d1e0ff")
          @NotNull
          @Size(max = 32)
          String session,
      @Schema(description = "If the number's account is guarded by one.", example = "2580")
          @Size(min = Pin.MIN, max = Pin.MAX)
          @Nullable String pin) {

    @Override
    public String toString() {
      return "NumberJson";
    }
  }

  @PutMapping("/number")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Change one's number",
      description =
          "To the one of a verified session, which is used up by it. Another account that had the"
              + " number is deleted. For the primary only.",
      operationId = "changeNumber")
  @ApiResponse(responseCode = "204", description = "The account has the number.")
  @ApiResponse(
      responseCode = "403",
      description = "forbidden: not the primary. suspended: one of both accounts is.")
  @ApiResponse(responseCode = "409", description = "conflict: the number is not verified yet.")
  @ApiResponse(responseCode = "410", description = "expired: the session has ended or is used up.")
  @ApiResponse(
      responseCode = "422",
      description = "wrong-pin: Retry-After says when the next may be tried. invalid.")
  @ApiResponse(
      responseCode = "423",
      description = "pin-required: Retry-After says when the other account's PIN counts no more.")
  @ApiResponse(responseCode = "429", description = "rate-limited.")
  void changeNumber(Caller caller, @Valid @RequestBody NumberJson change) {
    caller.requirePrimary();
    registrations.changeNumber(caller.account(), change.session(), change.pin());
  }

  @PutMapping("/pin")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Set the PIN that guards the account",
      description =
          "Whoever has its number then needs it to register, until a week after the account was"
              + " seen last. Replaces the one before. For the primary only.",
      operationId = "setPin")
  @ApiResponse(responseCode = "204", description = "It guards the account.")
  @ApiResponse(responseCode = "403", description = "forbidden: not the primary.")
  void setPin(Caller caller, @Valid @RequestBody PinJson pin) {
    caller.requirePrimary();
    limits.take(Limit.PIN_CHANGES, caller.account().toString());
    lock.set(caller.account(), pin.pin());
  }

  @DeleteMapping("/pin")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Remove the PIN",
      description = "For the primary only.",
      operationId = "removePin")
  @ApiResponse(responseCode = "204", description = "None guards the account.")
  @ApiResponse(responseCode = "403", description = "forbidden: not the primary.")
  void removePin(Caller caller) {
    caller.requirePrimary();
    limits.take(Limit.PIN_CHANGES, caller.account().toString());
    lock.remove(caller.account());
  }
}
