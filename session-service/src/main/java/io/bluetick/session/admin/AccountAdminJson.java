package io.bluetick.session.admin;

import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.AccountView;
import io.bluetick.session.account.DeviceJson;
import io.bluetick.session.account.LiveSessions.Live;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An account as operators see it: without its number and its keys. */
@Schema(name = "AccountOverview")
record AccountAdminJson(
    @Schema(example = "00112233445566778899aabbccddeeff") AccountId id,
    @Schema(example = "2026-11-21T10:00:00Z") Instant createdAt,
    @Schema(description = "The day of any device's last connection.", example = "2026-11-21")
        LocalDate lastSeen,
    @Schema(description = "Absent unless it is suspended.", example = "2026-11-22T10:00:00Z")
        @Nullable Instant suspendedAt,
    @Schema(description = "Raised by each change of its devices.", example = "3") long listVersion,
    List<DeviceJson> devices,
    List<SessionJson> sessions) {

  /** Where a device is connected. */
  @Schema(name = "LiveSession")
  record SessionJson(
      @Schema(example = "0") int device,
      @Schema(description = "The gateway that has the connection.", example = "gateway-0")
          String node,
      @Schema(description = "Higher than that of the device's connection before.", example = "17")
          long epoch) {}

  static AccountAdminJson of(AccountView account, Map<Integer, Live> live) {
    return new AccountAdminJson(
        account.id(),
        account.createdAt(),
        account.lastSeen(),
        account.suspendedAt().orElse(null),
        account.listVersion(),
        account.devices().stream().map(DeviceJson::of).toList(),
        live.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each ->
                new SessionJson(each.getKey(), each.getValue().node(), each.getValue().epoch()))
            .toList());
  }
}
