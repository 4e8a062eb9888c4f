package io.bluetick.platform.openapi;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A service with a documented API. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(SampleApplication.Endpoint.class)
class SampleApplication {

  record NewKey(
      @NotNull @ByteLength(min = 2, max = 4) @Schema(example = "AAECAw==") ByteString key,
      @Schema(example = "mine") @Nullable String note) {}

  record Key(
      @Schema(example = "7") long id,
      @Schema(example = "00112233445566778899aabbccddeeff") AccountId owner,
      @Schema(example = "2026-01-02T03:04:05Z") Instant at,
      @Schema(example = "AAE=") ByteString start,
      @Schema(example = "mine") @Nullable String note) {

    static Key of(int id) {
      return new Key(id, new AccountId(1, 2), Instant.EPOCH, ByteString.EMPTY, null);
    }
  }

  @RestController
  @Tag(name = "keys")
  static class Endpoint {

    @GetMapping("/v1/keys")
    @Operation(summary = "All keys")
    ResponseEntity<List<Key>> keys() {
      return ResponseEntity.ok(List.of(Key.of(7)));
    }

    @PostMapping("/v1/keys")
    @Operation(summary = "Makes a key")
    @ApiResponse(responseCode = "201", description = "Made.")
    @ApiResponse(responseCode = "429", description = "rate-limited: too many notes.")
    @ResponseStatus(HttpStatus.CREATED)
    Key make(@Valid @RequestBody NewKey key) {
      if (key.note() != null) {
        throw new BluetickException(
            ErrorCode.RATE_LIMITED, "Too many notes.", Duration.ofSeconds(3));
      }
      return Key.of(key.key().size());
    }
  }
}
