package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.NewDevice;
import io.bluetick.session.account.Registered;
import io.bluetick.session.account.SignedListJson;
import io.bluetick.session.key.EcKey;
import io.bluetick.session.key.KeySet;
import io.bluetick.session.key.Keys;
import io.bluetick.session.key.KyberKey;
import io.bluetick.session.key.SignedEcKey;
import io.bluetick.session.registration.Registrations.Candidate;
import io.bluetick.session.registration.Registrations.Welcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes accounts of verified numbers. Open to all. */
@RestController
@RequestMapping("/v1/registration")
@SecurityRequirements
@Tag(name = "registration")
class RegistrationEndpoint {
  private final Registrations registrations;

  RegistrationEndpoint(Registrations registrations) {
    this.registrations = registrations;
  }

  /** A device that wants to be the primary. */
  @Schema(name = "Registration")
  record RegistrationJson(
      @Schema(description = "A verified one.", example = "6f1d2c3b4a5968778695a4b3c2d1e0ff")
          @NotNull
          @Size(max = 32)
          String session,
      @Schema(
              description = "With libsignal's type byte 0x05, 33 bytes.",
              example = "BZ0hBHsSQ0gVV1ZqNjH3uOiHOYVYL5R9j3J4Y1mPEpd5")
          @NotNull
          @ByteLength(min = NewDevice.IDENTITY_KEY_BYTES, max = NewDevice.IDENTITY_KEY_BYTES)
          ByteString identityKey,
      @Schema(
              description = "What it connects with: Curve25519, 32 bytes.",
              example = "nSEEexJDSBVXVmo2Mfe46Ic5hVgvlH2PcnhjWY8Sl3k=")
          @NotNull
          @ByteLength(min = NewDevice.NOISE_KEY_BYTES, max = NewDevice.NOISE_KEY_BYTES)
          ByteString noiseKey,
      @Schema(example = "Ann's phone") @NotBlank @Size(max = 64) String name,
      @Schema(example = "android") @NotNull @Pattern(regexp = "android|ios|web|desktop|other")
          String platform,
      @NotNull @Valid SignedEcKey signedPreKey,
      @Schema(description = "Used while no one-time key is left.") @NotNull @Valid
          KyberKey lastResortKyber,
      @Schema(description = "May as well be uploaded later.") @Size(max = Keys.STOCK_LIMIT)
          @Nullable List<@NotNull @Valid EcKey> ecOneTime,
      @Schema(description = "May as well be uploaded later.") @Size(max = Keys.STOCK_LIMIT)
          @Nullable List<@NotNull @Valid KyberKey> kyberOneTime,
      @Schema(description = "Of the version that the verification told, with this device alone.")
          @NotNull
          @Valid
          SignedListJson signedList,
      @Schema(description = "If the number's account is guarded by one.", example = "2580")
          @Size(min = Pin.MIN, max = Pin.MAX)
          @Nullable String pin) {

    Candidate candidate() {
      return new Candidate(
          new NewDevice(noiseKey, identityKey, name, platform),
          new KeySet(signedPreKey, lastResortKyber, orNone(ecOneTime), orNone(kyberOneTime)),
          signedList.signed());
    }

    private static <T> List<T> orNone(@Nullable List<T> keys) {
      return keys == null ? List.of() : keys;
    }

    @Override
    public String toString() {
      return "RegistrationJson";
    }
  }

  /** What the device is now. */
  @Schema(name = "Registered")
  record RegisteredJson(
      @Schema(example = "0f8fad5bd9cb469fa16570867728950e") AccountId account,
      @Schema(description = "The primary is 0.", example = "0") int device,
      @Schema(description = "What libsignal calls a registration id.", example = "1")
          int registration,
      @Schema(example = "1") long listVersion,
      @Schema(
              description = "Good for access tokens. Keep it secret.",
              example = "btr_AAECAwQFBgcICQoLDA0ODw.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
          String refreshToken) {

    @Override
    public String toString() {
      return "RegisteredJson";
    }
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Register a verified number",
      description =
          "The device becomes the primary of the number's account, and its only device: all that it"
              + " had before are out at once. The session is used up by it; who lost the answer"
              + " verifies the number again and registers anew.",
      operationId = "register")
  @ApiResponse(responseCode = "201", description = "The device is registered.")
  @ApiResponse(responseCode = "403", description = "suspended: the account is.")
  @ApiResponse(
      responseCode = "409",
      description =
          "conflict: the number is not verified yet, or its account has changed meanwhile; verify"
              + " it again. stale-list: the list has another version or other devices.")
  @ApiResponse(responseCode = "410", description = "expired: the session has ended or is used up.")
  @ApiResponse(
      responseCode = "422",
      description =
          "wrong-pin: Retry-After says when the next may be tried. bad-signature, or invalid.")
  @ApiResponse(
      responseCode = "423",
      description = "pin-required: Retry-After says when the account's PIN counts no more.")
  @ApiResponse(responseCode = "429", description = "rate-limited: too early for another PIN.")
  RegisteredJson register(@Valid @RequestBody RegistrationJson registration) {
    Welcome welcome =
        registrations.register(
            registration.session(), registration.candidate(), registration.pin());
    Registered registered = welcome.registered();
    return new RegisteredJson(
        registered.account(),
        registered.device(),
        registered.registration(),
        registered.listVersion(),
        welcome.refreshToken());
  }
}
