package io.bluetick.session.token;

import io.bluetick.platform.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How those who operate the server log in. */
@RestController
@RequestMapping("/v1/admin/session")
@Tag(name = "operators", description = "Logins and tokens of those who operate the server.")
class OperatorEndpoint {
  private final BootstrapAdmin bootstrap;
  private final OperatorTokens tokens;

  OperatorEndpoint(BootstrapAdmin bootstrap, OperatorTokens tokens) {
    this.bootstrap = bootstrap;
    this.tokens = tokens;
  }

  /** A name and a password. */
  @Schema(name = "OperatorLogin")
  record LoginJson(
      @Schema(example = "admin") @NotBlank @Size(max = 64) String name,
      @Schema(example = "correct horse battery staple") @NotBlank @Size(max = 128)
          String password) {
    @Override
    public String toString() {
      return "LoginJson";
    }
  }

  /** A token to be exchanged. */
  @Schema(name = "OperatorExchange")
  record ExchangeJson(
      @Schema(example = "bta_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA") @NotBlank @Size(max = 64)
          String token) {
    @Override
    public String toString() {
      return "ExchangeJson";
    }
  }

  /** What an operator goes on with. */
  @Schema(name = "OperatorAccess")
  record AccessJson(
      @Schema(description = "For the header Authorization: Bearer.", example = "eyJhbGciOiJFZERT")
          String accessToken,
      @Schema(example = "900") long accessExpiresInS) {

    static AccessJson of(AccessToken token) {
      return new AccessJson(token.token(), token.lifetime().toSeconds());
    }

    @Override
    public String toString() {
      return "AccessJson";
    }
  }

  /** A token to be made. */
  @Schema(name = "NewOperatorToken")
  record NewTokenJson(
      @Schema(description = "Who will use it, as the audit log will say.", example = "backup-job")
          @NotNull
          @Pattern(regexp = "[a-z0-9][a-z0-9._@-]{0,63}")
          String name,
      @Schema(example = "support") @NotNull OperatorRole role,
      @Schema(description = "It expires after so many.", example = "90") @Min(1) @Max(365)
          int days) {}

  /** A token that was made. */
  @Schema(name = "MadeOperatorToken")
  record MadeTokenJson(
      @Schema(example = "0191d6a0-5e0f-7cc3-9a4b-3f1f4a1c2d3e") UUID id,
      @Schema(
              description = "Shown this once.",
              example = "bta_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA")
          String token,
      @Schema(example = "2027-02-19T10:00:00Z") Instant expiresAt) {
    @Override
    public String toString() {
      return "MadeTokenJson[" + id + "]";
    }
  }

  /** A token as it is listed. */
  @Schema(name = "OperatorToken")
  record TokenJson(
      @Schema(example = "0191d6a0-5e0f-7cc3-9a4b-3f1f4a1c2d3e") UUID id,
      @Schema(example = "backup-job") String name,
      @Schema(example = "support") OperatorRole role,
      @Schema(example = "admin") String createdBy,
      @Schema(example = "2026-11-21T10:00:00Z") Instant createdAt,
      @Schema(example = "2027-02-19T10:00:00Z") Instant expiresAt,
      @Schema(description = "Null unless it is.", example = "2026-12-01T10:00:00Z")
          @Nullable Instant revokedAt) {

    static TokenJson of(OperatorTokens.Listed token) {
      return new TokenJson(
          token.id(),
          token.name(),
          token.role(),
          token.createdBy(),
          token.createdAt(),
          token.expiresAt(),
          token.revokedAt());
    }
  }

  /** All tokens. */
  @Schema(name = "OperatorTokens")
  record TokenListJson(List<TokenJson> tokens) {}

  @PostMapping("/login")
  @SecurityRequirements
  @Operation(
      summary = "Log in by a password",
      description = "For the one admin of the settings. The role is admin, for 15 minutes.",
      operationId = "loginOperator")
  @ApiResponse(responseCode = "200", description = "An access token.")
  AccessJson login(@Valid @RequestBody LoginJson login) {
    return AccessJson.of(bootstrap.login(login.name(), login.password()));
  }

  @PostMapping("/exchange")
  @SecurityRequirements
  @Operation(
      summary = "Exchange an operator's token for an access token",
      description = "Of the same name and role, for 5 minutes.",
      operationId = "exchangeOperatorToken")
  @ApiResponse(responseCode = "200", description = "An access token.")
  AccessJson exchange(@Valid @RequestBody ExchangeJson request) {
    return AccessJson.of(tokens.exchange(request.token()));
  }

  @PostMapping("/tokens")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Make a token for an operator",
      description = "To be exchanged for access tokens until it expires. For admins only.",
      operationId = "makeOperatorToken")
  @ApiResponse(responseCode = "201", description = "The token, this once.")
  MadeTokenJson make(
      @Parameter(hidden = true) Authentication caller, @Valid @RequestBody NewTokenJson wanted) {
    OperatorTokens.Made made =
        tokens.make(admin(caller), wanted.name(), wanted.role(), Duration.ofDays(wanted.days()));
    return new MadeTokenJson(made.id(), made.text(), made.expiresAt());
  }

  @GetMapping("/tokens")
  @Operation(
      summary = "List the tokens of operators",
      description = "The newest first, without their secrets. For admins only.",
      operationId = "listOperatorTokens")
  @ApiResponse(responseCode = "200", description = "The tokens.")
  TokenListJson list(@Parameter(hidden = true) Authentication caller) {
    admin(caller);
    return new TokenListJson(tokens.list().stream().map(TokenJson::of).toList());
  }

  @DeleteMapping("/tokens/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Revoke a token of an operator",
      description = "What it was exchanged for counts for five minutes at most. For admins only.",
      operationId = "revokeOperatorToken")
  @ApiResponse(responseCode = "204", description = "It counts no more.")
  void revoke(@Parameter(hidden = true) Authentication caller, @PathVariable UUID id) {
    tokens.revoke(admin(caller), id);
  }

  private static String admin(Authentication caller) {
    if (caller.getAuthorities().stream()
        .noneMatch(authority -> Roles.ADMIN.equals(authority.getAuthority()))) {
      throw new AccessDeniedException("only for admins");
    }
    return caller.getName();
  }
}
