package io.bluetick.client.rest;

import static io.bluetick.client.rest.FakeServer.json;
import static io.bluetick.client.rest.FakeServer.nothing;
import static io.bluetick.client.rest.FakeServer.problem;
import static io.bluetick.client.rest.Samples.ACCOUNT;
import static io.bluetick.client.rest.Samples.ADDRESS;
import static io.bluetick.client.rest.Samples.SECRET;
import static io.bluetick.client.rest.Samples.base64;
import static io.bluetick.client.rest.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.rest.LinkingApi.Linked;
import io.bluetick.client.rest.LinkingApi.NewCompanion;
import io.bluetick.client.rest.OfferApi.Collected;
import io.bluetick.client.rest.OfferApi.Place;
import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkingCallsTest {
  private static final Instant THEN = Instant.parse("2026-11-21T10:15:00Z");
  private static final Place PLACE = new Place(ADDRESS, SECRET, THEN);

  private final FakeServer server = new FakeServer();
  private final Api api = server.api();
  private final OfferApi offers = new OfferApi(api);
  private final LinkingApi linking = new LinkingApi(api, server.tokens(api));

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void device_is_offered_without_a_token() {
    server.on(
        "POST /v1/linking/addresses",
        json(
            201,
            "{\"address\":\"%s\",\"secret\":\"%s\",\"expiresAt\":\"%s\"}"
                .formatted(ADDRESS, SECRET, THEN)));

    Place place = offers.offer(Samples.offer());

    assertThat(place).isEqualTo(PLACE);
    assertThat(place.toString()).doesNotContain(ADDRESS).doesNotContain(SECRET);
    server.assertAsked(Samples.offerJson());
    assertThat(server.last().headers().containsKey("Authorization")).isFalse();

    server.on("POST /v1/linking/addresses", problem(ErrorCode.UNAVAILABLE, "10"));
    assertThat(Refusals.of(() -> offers.offer(Samples.offer())).isRetryable()).isTrue();
  }

  @Test
  void offer_is_read() {
    String path = "GET /v1/linking/addresses/" + ADDRESS + "/offer";
    server.on(path, json(200, Samples.offerJson()));

    assertThat(linking.readOffer(ADDRESS)).isEqualTo(Samples.offer());

    server.on(path, problem(ErrorCode.EXPIRED));
    assertThat(Refusals.of(() -> linking.readOffer(ADDRESS)).status()).isEqualTo(410);
  }

  @Test
  void offer_may_come_without_a_confirmation() {
    server.on(
        "GET /v1/linking/addresses/" + ADDRESS + "/offer",
        json(200, Samples.offerJson().replaceAll(",\"confirmation\":\"[^\"]*\"", "")));

    assertThat(linking.readOffer(ADDRESS).confirmation()).isNull();
  }

  @Test
  void companion_is_linked() {
    server.on("POST /v1/devices", json(201, "{\"number\":1,\"registration\":2,\"listVersion\":5}"));
    NewCompanion companion = new NewCompanion(ADDRESS, 1, Samples.LIST, bytes(9, 1));

    assertThat(linking.link(companion)).isEqualTo(new Linked(1, 2, 5));
    server.assertAsked(
        "{\"address\":\"%s\",\"number\":1,\"signedList\":%s,\"message\":\"%s\"}"
            .formatted(ADDRESS, Samples.listJson(), base64(9, 1)));

    server.on("POST /v1/devices", problem(ErrorCode.TOO_MANY));
    assertThat(Refusals.of(() -> linking.link(companion)).status()).isEqualTo(422);
  }

  @Test
  void link_is_collected_once_there_is_one() {
    String path = "GET /v1/linking/addresses/" + ADDRESS + "?waitS=25";
    server.on(path, nothing(204));
    assertThat(offers.collect(PLACE, OfferApi.WAIT_LIMIT)).isEmpty();
    assertThat(server.last().header("X-Linking-Secret")).isEqualTo(SECRET);

    server.on(
        path,
        json(
            200,
            """
            {"account":"%s","device":1,"registration":2,"listVersion":5,"message":"%s",
             "refreshToken":"btr_x"}\
            """
                .formatted(ACCOUNT, base64(9, 1))));

    Collected collected = offers.collect(PLACE, OfferApi.WAIT_LIMIT).orElseThrow();
    assertThat(collected).isEqualTo(new Collected(ACCOUNT, 1, 2, 5, bytes(9, 1), "btr_x"));
    assertThat(collected.toString()).doesNotContain("btr_x");
  }

  @Test
  void collecting_has_the_time_that_the_server_was_given() {
    OfferApi hasty = new OfferApi(server.api(Duration.ofMillis(200)));
    server.on(
        "GET /v1/linking/addresses/" + ADDRESS + "?waitS=2",
        (exchange, _) -> {
          Awaitility.await().pollDelay(Duration.ofMillis(600)).until(() -> true);
          exchange.sendResponseHeaders(204, -1);
        });

    assertThat(hasty.collect(PLACE, Duration.ofSeconds(2))).isEmpty();
  }

  @Test
  void collecting_with_another_secret_is_refused_and_does_not_print_it() {
    server.on("GET /v1/linking/addresses/" + ADDRESS + "?waitS=0", problem(ErrorCode.FORBIDDEN));

    RefusedException refused = Refusals.of(() -> offers.collect(PLACE, Duration.ZERO));

    assertThat(refused.toString()).doesNotContain(SECRET).doesNotContain(ADDRESS);
  }
}
