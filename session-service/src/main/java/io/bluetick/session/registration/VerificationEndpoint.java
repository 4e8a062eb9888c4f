package io.bluetick.session.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.bluetick.session.number.NumberVault;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.session.registration.Verifications.Named;
import io.bluetick.session.registration.Verifications.Rules;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Proves phone numbers. Open to all. */
@RestController
@RequestMapping("/v1/registration/sessions")
@SecurityRequirements
@Tag(name = "registration", description = "How a phone number becomes an account.")
class VerificationEndpoint {
  private static final String SESSION = "6f1d2c3b4a5968778695a4b3c2d1e0ff";
  private static final String EXPIRED = "expired: the session has ended, or there was none.";

  private final Verifications verifications;
  private final CodeDispatch dispatch;
  private final RegistrationLock lock;
  private final Accounts accounts;
  private final NumberVault vault;
  private final Limits limits;
  private final Rules rules;

  VerificationEndpoint(
      Verifications verifications,
      CodeDispatch dispatch,
      RegistrationLock lock,
      Accounts accounts,
      NumberVault vault,
      Limits limits,
      Rules rules) {
    this.verifications = verifications;
    this.dispatch = dispatch;
    this.lock = lock;
    this.accounts = accounts;
    this.vault = vault;
    this.limits = limits;
    this.rules = rules;
  }

  /** Whose number it is. */
  @Schema(name = "VerificationStart")
  record StartJson(
      @Schema(description = "In E.164 form.", example = "+4915112345678")
          @NotNull
          @Size(max = PhoneNumber.MAX_LENGTH)
          String number) {

    @Override
    public String toString() {
      return "StartJson";
    }
  }

  /** How a session stands. */
  @Schema(name = "Verification")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StateJson(
      @Schema(
              description = "Names the session from now on. Keep it secret.",
              example = SESSION,
              pattern = "^[0-9a-f]{32}$")
          String session,
      @Schema(description = "Each code extends it.", example = "2026-11-21T10:15:00Z")
          Instant expiresAt,
      @Schema(
              description = "Seconds until a code may be asked for. Absent if there are no more.",
              example = "0",
              minimum = "0")
          @Nullable Long nextCodeAfterS,
      @Schema(description = "Codes that may still be asked for.", example = "5") int codesLeft,
      @Schema(example = "false") boolean verified) {}

  /** How the code travels. */
  @Schema(name = "VerificationTransport", enumAsRef = true)
  enum TransportJson {
    @JsonProperty("sms")
    SMS(VerificationSender.Transport.SMS),
    @JsonProperty("voice")
    VOICE(VerificationSender.Transport.VOICE);

    private final VerificationSender.Transport transport;

    TransportJson(VerificationSender.Transport transport) {
      this.transport = transport;
    }
  }

  /** What code is wanted. */
  @Schema(name = "CodeRequest")
  record CodeRequestJson(
      @Schema(example = "sms") @NotNull TransportJson transport,
      @Schema(description = "BCP 47.", example = "de-AT")
          @Size(max = 35)
          @Pattern(regexp = "[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
          @Nullable String language) {}

  /** What came to the phone. */
  @Schema(name = "VerificationCode")
  record CodeJson(@Schema(example = "123456") @NotNull @Pattern(regexp = "[0-9]{6}") String code) {

    @Override
    public String toString() {
      return "CodeJson";
    }
  }

  /** What the number is good for. */
  @Schema(name = "VerifiedNumber")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VerifiedJson(
      @Schema(example = "true") boolean verified,
      @Schema(
              description = "The id of the account that a registration with this session has.",
              example = "0f8fad5bd9cb469fa16570867728950e")
          AccountId account,
      @Schema(description = "The version of the list to sign for it.", example = "1")
          long nextListVersion,
      @Schema(description = "Whether it takes the PIN of the number's account.", example = "true")
          boolean pinRequired,
      @Schema(
              description = "Seconds after which it does no more. Only if it does now.",
              example = "604800",
              minimum = "1")
          @Nullable Long pinExpiresAfterS) {}

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Begin to verify a number",
      description =
          "Nothing is sent yet. The answer is the same whether or not the number is registered.",
      operationId = "beginVerification")
  @ApiResponse(responseCode = "201", description = "A new session.")
  @ApiResponse(responseCode = "422", description = "invalid: no phone number.")
  StateJson begin(@Valid @RequestBody StartJson start) {
    PhoneNumber number = PhoneNumber.parse(start.number());
    limits.take(Limit.VERIFICATIONS, HexFormat.of().formatHex(vault.hash(number).toByteArray()));
    return state(verifications.begin(number));
  }

  @GetMapping("/{session}")
  @Operation(summary = "Read how a session stands", operationId = "readVerification")
  @ApiResponse(responseCode = "200", description = "Its state.")
  @ApiResponse(responseCode = "410", description = EXPIRED)
  StateJson read(@Parameter(example = SESSION) @PathVariable String session) {
    return state(verifications.find(session));
  }

  @PostMapping("/{session}/code")
  @Operation(
      summary = "Have a code sent",
      description =
          "It replaces the one before. The waits between codes grow; a number gets only so many a"
              + " day, over all sessions.",
      operationId = "sendCode")
  @ApiResponse(responseCode = "200", description = "It is on its way.")
  @ApiResponse(responseCode = "409", description = "conflict: the number is verified already.")
  @ApiResponse(responseCode = "410", description = "expired: the session or its codes are out.")
  @ApiResponse(
      responseCode = "422",
      description = "invalid: the number cannot be reached by this transport.")
  @ApiResponse(responseCode = "429", description = "rate-limited: it is too early.")
  @ApiResponse(
      responseCode = "503",
      description = "unavailable: it could not be sent, and is not counted.")
  StateJson send(
      @Parameter(example = SESSION) @PathVariable String session,
      @Valid @RequestBody CodeRequestJson request) {
    return state(
        dispatch.send(
            session, request.transport().transport, Optional.ofNullable(request.language())));
  }

  @PostMapping("/{session}/verification")
  @Operation(
      summary = "Verify the number by the code",
      description =
          "The session can then be used once, for a registration or a change of number, within half"
              + " an hour. May be repeated with the same code, and must be when the account has"
              + " changed meanwhile.",
      operationId = "verifyCode")
  @ApiResponse(responseCode = "200", description = "The number is the caller's.")
  @ApiResponse(responseCode = "409", description = "conflict: there is no code; ask for one.")
  @ApiResponse(responseCode = "410", description = EXPIRED + " Also after too many wrong codes.")
  @ApiResponse(
      responseCode = "422",
      description = "wrong-code; Retry-After says when the next may be tried.")
  @ApiResponse(responseCode = "429", description = "rate-limited: it is too early.")
  VerifiedJson verify(
      @Parameter(example = SESSION) @PathVariable String session,
      @Valid @RequestBody CodeJson code) {
    Verification verified = verifications.verify(verifications.find(session), code.code());
    AccountId account = Verifications.reserved(verified).account();
    Optional<Duration> guarded = lock.guards(verified.numberHash());
    return new VerifiedJson(
        true,
        account,
        accounts.nextListVersion(account),
        guarded.isPresent(),
        guarded.map(VerificationEndpoint::seconds).orElse(null));
  }

  private StateJson state(Named named) {
    Verification row = named.verification();
    int left = row.codesLeft(rules.settings());
    Duration wait = Duration.between(rules.clock().instant(), row.codes().nextAt());
    return new StateJson(
        named.id().hex(),
        row.expiresAt(),
        left == 0 ? null : Math.max(0, seconds(wait)),
        left,
        row.isVerified());
  }

  /** Rounded up: who waits as long as told is let in. */
  private static long seconds(Duration wait) {
    return Math.ceilDiv(wait.toMillis(), 1000L);
  }
}
