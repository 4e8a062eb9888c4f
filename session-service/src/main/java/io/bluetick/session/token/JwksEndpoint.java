package io.bluetick.session.token;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys of access tokens. */
@RestController
@Tag(name = "tokens", description = "Refresh and access tokens.")
class JwksEndpoint {
  static final String PATH = "/.well-known/jwks.json";

  /** Far shorter than the notice that a new key is given. */
  private static final Duration CACHED = Duration.ofMinutes(5);

  private final SigningKeys keys;

  JwksEndpoint(SigningKeys keys) {
    this.keys = keys;
  }

  @GetMapping(path = PATH, produces = "application/json")
  @SecurityRequirements
  @Operation(
      summary = "The keys that sign access tokens",
      description = "A JWK set. A key is published at least an hour before it signs.",
      operationId = "readKeys")
  @ApiResponse(
      responseCode = "200",
      description = "All keys that count, or will.",
      content =
          @Content(
              examples =
                  @ExampleObject(
                      """
                      {"keys": [{"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA",
                        "kid": "5b1c7e0a94d2", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
                      """)))
  ResponseEntity<Map<String, Object>> keys() {
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(CACHED).cachePublic())
        .body(keys.published().toJSONObject(true));
  }
}
