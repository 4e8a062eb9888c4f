package io.bluetick.session.account;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;

/** A device as its owner sees it. */
@Schema(name = "Device")
public record DeviceJson(
    @Schema(description = "0 is the primary.", example = "0") int number,
    @Schema(description = "Part of the ids of its messages.", example = "1") int registration,
    @Schema(example = "Ann's phone") String name,
    @Schema(example = "android") String platform,
    @Schema(example = "2026-11-21T10:00:00Z") Instant createdAt,
    @Schema(description = "The day of its last connection.", example = "2026-11-21")
        LocalDate lastSeen) {

  public static DeviceJson of(DeviceView device) {
    return new DeviceJson(
        device.number(),
        device.registration(),
        device.label().name(),
        device.label().platform(),
        device.createdAt(),
        device.lastSeen());
  }
}
