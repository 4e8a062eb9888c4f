package io.bluetick.session.token;

import com.nimbusds.jose.jwk.OctetKeyPair;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
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

  /** A JWK set (RFC 7517). */
  @Schema(name = "JwkSet")
  record KeySetJson(List<KeyJson> keys) {}

  /** A public key of Ed25519 (RFC 8037). */
  @Schema(name = "Jwk")
  record KeyJson(
      @Schema(example = "OKP") String kty,
      @Schema(example = "Ed25519") String crv,
      @Schema(example = "sig") String use,
      @Schema(example = "EdDSA") String alg,
      @Schema(example = "5b1c7e0a94d2") String kid,
      @Schema(
              description = "The key itself.",
              example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
          String x) {

    static KeyJson of(OctetKeyPair key) {
      return new KeyJson(
          key.getKeyType().getValue(),
          key.getCurve().getName(),
          key.getKeyUse().identifier(),
          key.getAlgorithm().getName(),
          key.getKeyID(),
          key.getX().toString());
    }
  }

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
  @ApiResponse(responseCode = "200", description = "All keys that count, or will.")
  ResponseEntity<KeySetJson> keys() {
    List<KeyJson> published =
        keys.published().getKeys().stream().map(key -> KeyJson.of(key.toOctetKeyPair())).toList();
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(CACHED).cachePublic())
        .body(new KeySetJson(published));
  }
}
