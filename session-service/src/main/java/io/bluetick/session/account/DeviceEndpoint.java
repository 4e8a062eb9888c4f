package io.bluetick.session.account;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The caller's own devices. */
@RestController
@RequestMapping("/v1/devices")
@Tag(name = "devices", description = "The devices of one's own account.")
class DeviceEndpoint {
  private final Accounts accounts;
  private final Devices devices;
  private final Limits limits;

  DeviceEndpoint(Accounts accounts, Devices devices, Limits limits) {
    this.accounts = accounts;
    this.devices = devices;
    this.limits = limits;
  }

  /** All devices, and what peers are told of them. */
  @Schema(name = "Devices")
  record DevicesJson(
      @Schema(
              description =
                  "Raised by each change. The next list that is signed has the one after it.",
              example = "3")
          long version,
      SignedListJson signedList,
      List<DeviceJson> devices) {}

  /** What a device is called. */
  @Schema(name = "DeviceName")
  record NameJson(@NotBlank @Size(max = 64) @Schema(example = "Ann's laptop") String name) {}

  /** The version of the list now. */
  @Schema(name = "ListVersion")
  record VersionJson(@Schema(example = "4") long version) {}

  @GetMapping
  @Operation(summary = "List the devices of the account", operationId = "listDevices")
  @ApiResponse(responseCode = "200", description = "The devices, the primary first.")
  DevicesJson list(Caller caller) {
    AccountView account = accounts.find(caller.account()).orElseThrow(Accounts::unknown);
    return new DevicesJson(
        account.listVersion(),
        SignedListJson.of(account.list()),
        account.devices().stream().map(DeviceJson::of).toList());
  }

  @PutMapping("/list")
  @Operation(
      summary = "Sign the present devices anew",
      description = "After a companion was removed without the primary. For the primary only.",
      operationId = "signDevices")
  @ApiResponse(responseCode = "200", description = "Peers are given this list from now on.")
  VersionJson sign(Caller caller, @Valid @RequestBody SignedListJson list) {
    caller.requirePrimary();
    limits.take(Limit.DEVICE_CHANGES, caller.account().toString());
    return new VersionJson(devices.sign(caller.account(), list.signed()));
  }

  @PatchMapping("/{number}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Rename a device",
      description = "The primary renames any, a companion itself.",
      operationId = "renameDevice")
  @ApiResponse(responseCode = "204", description = "It has the name.")
  void rename(Caller caller, @PathVariable int number, @Valid @RequestBody NameJson name) {
    requireRight(caller, number);
    limits.take(Limit.DEVICE_CHANGES, caller.account().toString());
    devices.rename(caller.account(), number, name.name());
  }

  @DeleteMapping("/{number}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Unlink a companion",
      description = "The primary unlinks any, a companion itself. Its connection ends.",
      operationId = "unlinkDevice")
  @ApiResponse(responseCode = "204", description = "It is none of the account's any more.")
  void unlink(Caller caller, @PathVariable int number) {
    requireRight(caller, number);
    limits.take(Limit.DEVICE_CHANGES, caller.account().toString());
    devices.unlink(caller.account(), number);
  }

  private static void requireRight(Caller caller, int number) {
    if (!caller.isPrimary() && caller.device() != number) {
      throw new BluetickException(
          ErrorCode.FORBIDDEN, "A companion may change only what is its own.");
    }
  }
}
