package io.bluetick.session.linking;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.session.account.Caller;
import io.bluetick.session.account.Registered;
import io.bluetick.session.account.SignedListJson;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How a companion comes to an account. */
@RestController
@Tag(name = "linking", description = "How a companion comes to an account.")
class LinkingEndpoint {
  /** The edge gives a request up after thirty seconds. */
  private static final int WAIT_LIMIT_S = 25;

  private final Companions companions;
  private final Linking linking;
  private final Offers offers;
  private final Limits limits;

  LinkingEndpoint(Companions companions, Linking linking, Offers offers, Limits limits) {
    this.companions = companions;
    this.linking = linking;
    this.offers = offers;
    this.limits = limits;
  }

  /** Where an offer is, for its companion. */
  @Schema(name = "OfferPlace")
  record PlaceJson(
      @Schema(
              description = "To be shown to the primary, as a QR code: base64url, 16 bytes.",
              example = "ABEiM0RVZneImaq7zN3u_w")
          String address,
      @Schema(
              description = "To be kept: base64url, 32 bytes.",
              example = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
          String secret,
      @Schema(example = "2026-11-21T10:01:30Z") Instant expiresAt) {
    @Override
    public String toString() {
      return "PlaceJson";
    }
  }

  /** A companion that the primary takes into its account. */
  @Schema(name = "NewCompanion")
  record CompanionJson(
      @Schema(description = "Of its offer.", example = "ABEiM0RVZneImaq7zN3u_w") @NotNull
          String address,
      @Schema(description = "That no device of the account has.", example = "1")
          @Min(1)
          @Max(DeviceAddress.MAX_DEVICE)
          int number,
      @Schema(description = "The next list, with the companion in it.") @NotNull @Valid
          SignedListJson signedList,
      @Schema(
              description =
                  "For the companion alone, encrypted for the key that it showed with the address;"
                      + " up to 4 KB.",
              example = "Y2lwaGVydGV4dA==")
          @NotNull
          @ByteLength(min = 1, max = 4096)
          ByteString message) {}

  /** A companion as the account has it. */
  @Schema(name = "LinkedCompanion")
  record LinkedJson(
      @Schema(example = "1") int number,
      @Schema(description = "Part of the ids of its messages.", example = "2") int registration,
      @Schema(description = "Of the list that has it.", example = "2") long listVersion) {}

  /** What a companion goes on with. */
  @Schema(name = "LinkedDevice")
  record CollectedJson(
      @Schema(example = "00112233445566778899aabbccddeeff") AccountId account,
      @Schema(example = "1") int device,
      @Schema(description = "What libsignal calls a registration id.", example = "2")
          int registration,
      @Schema(description = "Of the list that has it.", example = "2") long listVersion,
      @Schema(description = "As the primary sent it.", example = "Y2lwaGVydGV4dA==")
          ByteString message,
      @Schema(
              description = "For access tokens.",
              example = "btr_m1v0Yx0Jq3Yt5v8cQk2uRA.q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA")
          String refreshToken) {
    @Override
    public String toString() {
      return "CollectedJson";
    }
  }

  @PostMapping("/v1/linking/addresses")
  @ResponseStatus(HttpStatus.CREATED)
  @SecurityRequirements
  @Operation(
      summary = "Offer a device to an account",
      description = "Without a token. Expires after 90 seconds.",
      operationId = "offerDevice")
  @ApiResponse(responseCode = "201", description = "The offer stands.")
  PlaceJson offer(@Valid @RequestBody OfferJson offer) {
    Companions.Made made = companions.offer(offer);
    return new PlaceJson(made.address().toString(), made.secret().text(), made.expiresAt());
  }

  @GetMapping("/v1/linking/addresses/{address}/offer")
  @Operation(
      summary = "Look at what a companion offers",
      description = "What the primary checks, and signs. For the primary only.",
      operationId = "readOffer")
  @ApiResponse(responseCode = "200", description = "The offer.")
  OfferJson read(Caller caller, @PathVariable String address) {
    caller.requirePrimary();
    limits.take(Limit.LINKINGS, caller.account().toString());
    return offers.find(OfferAddress.parse(address)).orElseThrow(Offers::expired);
  }

  @PostMapping("/v1/devices")
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      summary = "Link a companion",
      description =
          "For the primary only. The same request again has the same answer while the companion"
              + " may collect it.",
      operationId = "linkDevice")
  @ApiResponse(responseCode = "201", description = "It is a device of the account.")
  LinkedJson link(Caller caller, @Valid @RequestBody CompanionJson companion) {
    caller.requirePrimary();
    limits.take(Limit.LINKINGS, caller.account().toString());
    Registered registered =
        linking.link(
            caller.account(),
            OfferAddress.parse(companion.address()),
            new Linking.Request(
                companion.number(), companion.signedList().signed(), companion.message()));
    return new LinkedJson(registered.device(), registered.registration(), registered.listVersion());
  }

  @GetMapping("/v1/linking/addresses/{address}")
  @SecurityRequirements
  @Operation(
      summary = "Wait until a primary has linked the device",
      description =
          "Without a token. Who asks again after a lost answer gets another refresh token, and the"
              + " one before counts no more.",
      operationId = "collectLink")
  @ApiResponse(responseCode = "200", description = "The device is linked.")
  @ApiResponse(responseCode = "204", description = "Not yet: ask again.", content = @Content)
  ResponseEntity<CollectedJson> collect(
      @PathVariable String address,
      @Parameter(description = "What came with the address.") @RequestHeader("X-Linking-Secret")
          String secret,
      @Parameter(description = "How long to wait at most, in seconds.", example = "25")
          @RequestParam(defaultValue = "25")
          @Min(0)
          @Max(WAIT_LIMIT_S)
          int waitS) {
    return companions
        .collect(OfferAddress.parse(address), OfferSecret.parse(secret), Duration.ofSeconds(waitS))
        .map(collected -> ResponseEntity.ok(json(collected)))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  private static CollectedJson json(Companions.Collected collected) {
    Answer answer = collected.answer();
    return new CollectedJson(
        answer.account(),
        answer.device(),
        answer.registration(),
        answer.listVersion(),
        answer.message(),
        collected.refreshToken());
  }
}
