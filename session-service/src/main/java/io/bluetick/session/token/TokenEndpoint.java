package io.bluetick.session.token;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.Caller;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Access tokens for devices. */
@RestController
@RequestMapping("/v1/tokens")
@Tag(name = "tokens", description = "Refresh and access tokens.")
class TokenEndpoint {
  private final RefreshTokens refreshTokens;
  private final AccessTokens accessTokens;
  private final Recovery recovery;
  private final Limits limits;

  TokenEndpoint(
      RefreshTokens refreshTokens, AccessTokens accessTokens, Recovery recovery, Limits limits) {
    this.refreshTokens = refreshTokens;
    this.accessTokens = accessTokens;
    this.recovery = recovery;
    this.limits = limits;
  }

  /** A token to be used up. */
  @Schema(name = "Refresh")
  record RefreshJson(
      @Schema(example = "btr_m1v0Yx0Jq3Yt5v8cQk2uRA.q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA")
          @NotNull
          @Size(max = RefreshToken.LENGTH)
          String refreshToken) {
    @Override
    public String toString() {
      return "RefreshJson";
    }
  }

  /** A device that says who it is, and proves it. */
  @Schema(name = "Recovery")
  record RecoveryJson(
      @Schema(example = "00112233445566778899aabbccddeeff") @NotNull AccountId account,
      @Schema(example = "0") @Min(0) @Max(127) int device,
      @Schema(description = "Now, as milliseconds since 1970.", example = "1795255200000")
          long timeMs,
      @Schema(
              description = "16 random bytes, never used before.",
              example = "AAECAwQFBgcICQoLDA0ODw==")
          @NotNull
          @ByteLength(min = Recovery.NONCE_BYTES, max = Recovery.NONCE_BYTES)
          ByteString nonce,
      @Schema(
              description =
                  "By the device's identity key (XEdDSA) over \"bluetick.v1.token\", the account's"
                      + " 16 bytes, the device as a byte, timeMs as 8 bytes, big endian, and the"
                      + " nonce: 64 bytes.",
              example =
                  "AAECAwQFBgcICQoLDA0ODwABAgMEBQYHCAkKCwwNDg8AAQIDBAUG"
                      + "BwgJCgsMDQ4PAAECAwQFBgcICQoLDA0ODw==")
          @NotNull
          @ByteLength(min = 64, max = 64)
          ByteString signature) {

    Recovery.Proof proof() {
      return new Recovery.Proof(account, device, timeMs, nonce, signature);
    }
  }

  @PostMapping("/refresh")
  @SecurityRequirements
  @Operation(
      summary = "Get the next access token",
      description =
          "Uses the refresh token up and answers the next. If the answer is lost, ask again with"
              + " the same one; one that is older than that ends all tokens of the device.",
      operationId = "refreshTokens")
  @ApiResponse(responseCode = "200", description = "The next two tokens.")
  TokensJson refresh(@Valid @RequestBody RefreshJson request) {
    RefreshToken shown =
        RefreshToken.parse(request.refreshToken()).orElseThrow(refreshTokens::unknown);
    limits.take(Limit.REFRESHES, shown.familyHash());
    RefreshTokens.Refreshed refreshed = refreshTokens.refresh(shown);
    return TokensJson.of(access(refreshed.device()), refreshed.next());
  }

  @PostMapping("/recover")
  @SecurityRequirements
  @Operation(
      summary = "Get tokens by the identity key",
      description =
          "For a device whose tokens have ended or were lost. It tells no stranger whether the"
              + " device exists.",
      operationId = "recoverTokens")
  @ApiResponse(responseCode = "200", description = "New tokens; all before them have ended.")
  TokensJson recover(@Valid @RequestBody RecoveryJson request) {
    Caller device = recovery.proved(request.proof());
    String refresh = refreshTokens.issue(device.account(), device.device(), device.registration());
    return TokensJson.of(access(device), refresh);
  }

  private AccessToken access(Caller device) {
    return accessTokens.ofDevice(device.account(), device.device(), device.registration());
  }
}
