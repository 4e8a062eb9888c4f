package io.bluetick.client.rest;

import static io.bluetick.client.rest.FakeServer.json;
import static io.bluetick.client.rest.FakeServer.problem;
import static io.bluetick.client.rest.Samples.base64;
import static io.bluetick.client.rest.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.ErrorCode;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaApiTest {
  private static final String BLOB = "20261122-00112233445566778899aabbccddeeff";

  private final FakeServer server = new FakeServer();
  private final Api api = server.api();
  private final MediaApi media = new MediaApi(api, server.tokens(api));

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void an_upload_is_granted() {
    server.on(
        "POST /v1/media/uploads",
        json(
            201,
            """
            {"blob":"%s","url":"http://s3/x?y=z","headers":{"a":"b"},"validForS":900}\
            """
                .formatted(BLOB)));
    assertThat(media.upload(544, bytes(32, 7)))
        .isEqualTo(new MediaApi.Upload(BLOB, URI.create("http://s3/x?y=z"), Map.of("a", "b"), 900));
    server.assertAsked("{\"size\":544,\"sha256\":\"%s\"}".formatted(base64(32, 7)));
    assertThat(server.last().header("Authorization")).isEqualTo("Bearer token-1");
  }

  @Test
  void a_download_is_granted() {
    server.on(
        "POST /v1/media/downloads",
        json(200, "{\"url\":\"http://s3/x\",\"size\":544,\"validForS\":900}"));
    assertThat(media.download(BLOB))
        .isEqualTo(new MediaApi.Download(URI.create("http://s3/x"), 544, 900));
    server.assertAsked("{\"blob\":\"%s\"}".formatted(BLOB));
  }

  @Test
  void what_is_gone_or_too_much_is_refused() {
    server.on("POST /v1/media/downloads", problem(ErrorCode.NOT_FOUND));
    assertThat(Refusals.of(() -> media.download(BLOB)).is(ErrorCode.NOT_FOUND)).isTrue();
    server.on("POST /v1/media/uploads", problem(ErrorCode.RATE_LIMITED));
    assertThat(Refusals.of(() -> media.upload(1, bytes(32, 7))).is(ErrorCode.RATE_LIMITED))
        .isTrue();
  }

  @Test
  void a_name_that_is_none_is_not_asked_for() {
    assertThatThrownBy(() -> media.download("../x")).isInstanceOf(IllegalArgumentException.class);
  }
}
