package io.bluetick.client.rest;

import static io.bluetick.client.rest.FakeServer.json;
import static io.bluetick.client.rest.FakeServer.nothing;
import static io.bluetick.client.rest.FakeServer.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.rest.DeviceApi.Device;
import io.bluetick.protocol.ErrorCode;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeviceApiTest {
  private static final Instant THEN = Instant.parse("2026-11-21T10:15:00Z");

  private final FakeServer server = new FakeServer();
  private final Api api = server.api();
  private final DeviceApi devices = new DeviceApi(api, server.tokens(api));

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void devices_are_listed() {
    server.on(
        "GET /v1/devices",
        json(
            200,
            """
            {"version":3,"signedList":%s,"devices":[{"number":0,"registration":1,
             "name":"Ann's phone","platform":"android","createdAt":"2026-11-21T10:15:00Z",
             "lastSeen":"2026-11-21"}]}\
            """
                .formatted(Samples.listJson())));

    DeviceApi.Devices listed = devices.list();

    assertThat(listed.version()).isEqualTo(3);
    assertThat(listed.signedList()).isEqualTo(Samples.LIST);
    assertThat(listed.devices())
        .containsExactly(
            new Device(0, 1, "Ann's phone", "android", THEN, LocalDate.of(2026, 11, 21)));
  }

  @Test
  void list_is_signed_anew() {
    server.on("PUT /v1/devices/list", json(200, "{\"version\":4}"));

    assertThat(devices.sign(Samples.LIST)).isEqualTo(4);
    server.assertAsked(Samples.listJson());

    server.on("PUT /v1/devices/list", problem(ErrorCode.STALE_LIST));
    assertThat(Refusals.of(() -> devices.sign(Samples.LIST)).is(ErrorCode.STALE_LIST)).isTrue();
  }

  @Test
  void device_is_renamed() {
    server.on("PATCH /v1/devices/2", nothing(204));

    devices.rename(2, "Ann's laptop");
    server.assertAsked("{\"name\":\"Ann's laptop\"}");

    server.on("PATCH /v1/devices/2", problem(ErrorCode.FORBIDDEN));
    assertThat(Refusals.of(() -> devices.rename(2, "x")).status()).isEqualTo(403);
  }

  @Test
  void device_is_removed() {
    server.on("DELETE /v1/devices/2", nothing(204));

    devices.remove(2);
    assertThat(server.last().method()).isEqualTo("DELETE");

    server.on("DELETE /v1/devices/2", problem(ErrorCode.NOT_FOUND));
    assertThat(Refusals.of(() -> devices.remove(2)).status()).isEqualTo(404);
  }
}
