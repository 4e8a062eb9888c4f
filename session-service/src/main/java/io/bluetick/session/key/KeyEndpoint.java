package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.platform.json.ByteLength;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.Caller;
import io.bluetick.session.account.SignedListJson;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Pre-keys: a device's own, and those of whom it wants to write to. */
@RestController
@RequestMapping("/v1/keys")
@Tag(name = "keys", description = "What sessions between devices begin with.")
class KeyEndpoint {
  private final Keys keys;
  private final HandOut handOut;
  private final Limits limits;

  KeyEndpoint(Keys keys, HandOut handOut, Limits limits) {
    this.keys = keys;
    this.handOut = handOut;
    this.limits = limits;
  }

  /** What the device believes to be here. */
  @Schema(name = "KeyCheck")
  record CheckJson(
      @Schema(
              description =
                  "SHA-256 over the identity key (33 bytes), the signed pre-key's id (8 bytes, big"
                      + " endian), its public key, the last resort's id (8 bytes, big endian) and"
                      + " its public key.",
              example = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
          @NotNull
          @ByteLength(min = 32, max = 32)
          ByteString sha256) {}

  /** Whose bundles are wanted. */
  @Schema(name = "BundleRequest")
  record AskJson(
      @Schema(example = "0f8fad5bd9cb469fa16570867728950e") @NotNull AccountId account,
      @Schema(description = "All of the account's devices if absent.", example = "[0, 2]")
          @Size(min = 1, max = DeviceAddress.MAX_DEVICE + 1)
          @Nullable Set<@NotNull @Min(0) @Max(DeviceAddress.MAX_DEVICE) Integer> devices) {}

  /** What it takes to write to an account. */
  @Schema(name = "Bundles")
  record BundlesJson(
      @Schema(
              description =
                  "What the server routes by. Higher than that of the signed list if a device went"
                      + " without the primary.",
              example = "3")
          long listVersion,
      SignedListJson signedList,
      @Schema(description = "By number. Without devices that have not uploaded keys.")
          List<Bundle> devices) {}

  /** Who an account's devices are. */
  @Schema(name = "PublishedList")
  record ListJson(
      @Schema(
              description =
                  "What the server routes by. Higher than that of the signed list if a device went"
                      + " without the primary.",
              example = "3")
          long listVersion,
      SignedListJson signedList) {}

  @PutMapping
  @Operation(
      summary = "Upload pre-keys",
      description =
          "May be repeated. Ids of one-time keys of a kind are counted upwards: one that is not"
              + " higher than all before, and not in stock, is ignored, because it may have been"
              + " handed out. Refused with bad-signature, with conflict if another key has one of"
              + " the ids, and with too-many if more than 100 of a kind would be here.",
      operationId = "uploadKeys")
  @ApiResponse(responseCode = "200", description = "They are here; what is in stock now.")
  KeyCounts upload(Caller caller, @Valid @RequestBody KeySet set) {
    limits.take(Limit.KEY_UPLOADS, caller.address().toString());
    return keys.upload(caller, set);
  }

  @GetMapping("/counts")
  @Operation(summary = "Count one's own one-time keys", operationId = "countKeys")
  @ApiResponse(responseCode = "200", description = "What is in stock.")
  KeyCounts counts(Caller caller) {
    return keys.counts(caller);
  }

  @PostMapping("/check")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Check that the keys here are the device's",
      description = "If they are not, the answer is conflict: upload them anew.",
      operationId = "checkKeys")
  @ApiResponse(responseCode = "204", description = "They are the same.")
  void check(Caller caller, @Valid @RequestBody CheckJson check) {
    if (!keys.isConsistent(caller, check.sha256())) {
      throw new BluetickException(
          ErrorCode.CONFLICT, "The keys here are not the device's; upload them anew.");
    }
  }

  @PostMapping("/bundles")
  @Operation(
      summary = "Take the bundles of an account's devices",
      description =
          "Each takes one-time keys away. A device that asks for its own account gets those of the"
              + " others. Refused with not-found if there is no such account.",
      operationId = "takeBundles")
  @ApiResponse(responseCode = "200", description = "The bundles, and the list to check them by.")
  BundlesJson bundles(Caller caller, @Valid @RequestBody AskJson ask) {
    String asker = caller.address().toString();
    limits.take(Limit.BUNDLES, asker);
    limits.take(Limit.BUNDLES_OF_TARGET, asker + ">" + ask.account());
    Set<Integer> named = ask.devices() == null ? Set.of() : ask.devices();
    Bundles bundles = handOut.take(caller.address(), ask.account(), named);
    return new BundlesJson(
        bundles.listVersion(), SignedListJson.of(bundles.list()), bundles.devices());
  }

  @GetMapping("/lists/{account}")
  @Operation(
      summary = "Look at the list of an account's devices",
      description =
          "Takes no keys away: for who has got a message of a device that it does not know."
              + " Refused with not-found if there is no such account.",
      operationId = "readList")
  @ApiResponse(responseCode = "200", description = "The list that its primary signed.")
  ListJson list(
      Caller caller,
      @Parameter(example = "0f8fad5bd9cb469fa16570867728950e") @PathVariable AccountId account) {
    limits.take(Limit.LISTS, caller.address().toString());
    PublishedList list = handOut.list(account);
    return new ListJson(list.listVersion(), SignedListJson.of(list.list()));
  }
}
