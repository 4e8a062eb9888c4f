package io.bluetick.session.token;

import io.swagger.v3.oas.annotations.media.Schema;

/** What a device goes on with. */
@Schema(name = "Tokens")
record TokensJson(
    @Schema(description = "For the header Authorization: Bearer.", example = "eyJhbGciOiJFZERT")
        String accessToken,
    @Schema(description = "Then it must be refreshed.", example = "600") long accessExpiresInS,
    @Schema(
            description = "To be kept before anything else is done, and used once.",
            example = "btr_m1v0Yx0Jq3Yt5v8cQk2uRA.q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA")
        String refreshToken) {

  static TokensJson of(AccessToken access, String refresh) {
    return new TokensJson(access.token(), access.lifetime().toSeconds(), refresh);
  }

  @Override
  public String toString() {
    return "TokensJson";
  }
}
