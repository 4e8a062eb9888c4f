package io.bluetick.client.rest;

import io.bluetick.protocol.v1.SignedDeviceList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The devices of one's own account. */
public final class DeviceApi {
  private static final String DEVICES = "/v1/devices";

  private final Api api;
  private final AccessTokens tokens;

  public DeviceApi(Api api, AccessTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /**
   * All devices, and what peers are told of them.
   *
   * @param version raised by each change; the next list that is signed has the one after it
   * @param signedList the newest that the primary signed; not verified yet
   * @param devices the primary first
   */
  public record Devices(long version, SignedDeviceList signedList, List<Device> devices) {
    public Devices {
      Forms.present("signedList", signedList);
      devices = List.copyOf(devices);
    }
  }

  /**
   * A device as its owner sees it.
   *
   * @param number 0 is the primary
   * @param registration part of the ids of its messages
   * @param lastSeen the day of its last connection
   */
  public record Device(
      int number,
      int registration,
      String name,
      String platform,
      Instant createdAt,
      LocalDate lastSeen) {
    public Device {
      Forms.present("name", name);
      Forms.present("platform", platform);
      Forms.present("createdAt", createdAt);
      Forms.present("lastSeen", lastSeen);
    }
  }

  private record VersionJson(long version) {}

  private record NameJson(String name) {}

  public Devices list() {
    return tokens.with(token -> api.ask(Call.get("listDevices", DEVICES).by(token), Devices.class));
  }

  /**
   * Gives out a list of the present devices that the primary signed anew; the version that it has.
   * For the primary. Fails with {@code stale-list} if it is not the next one: list, look, sign
   * again. That is so as well when the answer to this very list was lost.
   */
  public long sign(SignedDeviceList list) {
    return tokens.with(token ->
        api.ask(Call.put("signDevices", DEVICES + "/list", list).by(token), VersionJson.class)
            .version());
  }

  /** The primary renames any, a companion itself. */
  public void rename(int number, String name) {
    tokens.with(token -> {
      api.tell(Call.patch("renameDevice", path(number), new NameJson(name)).by(token));
      return true;
    });
  }

  /**
   * The primary removes any companion, a companion itself. Fails with {@code not-found} if it is
   * gone already.
   */
  public void remove(int number) {
    tokens.with(token -> {
      api.tell(Call.delete("unlinkDevice", path(number)).by(token));
      return true;
    });
  }

  private static String path(int number) {
    return DEVICES + "/" + number;
  }
}
