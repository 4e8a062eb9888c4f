package io.bluetick.client.rest;

import static io.bluetick.client.rest.FakeServer.json;
import static io.bluetick.client.rest.Samples.base64;
import static io.bluetick.client.rest.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerApiTest {
  private final FakeServer server = new FakeServer();
  private final Api api = server.api();

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void server_publishes_its_keys_and_versions() {
    server.on(
        "GET /.well-known/bluetick",
        json(
            200,
            """
            {"noise":{"protocol":"Noise_IK_25519_AESGCM_SHA256","keys":["%s","%s"]},
             "socket":"/v1/socket","subprotocol":"bluetick.v1",
             "versions":{"oldest":1,"newest":2},"addedLater":{}}\
            """
                .formatted(base64(32, 1), base64(32, 2))));

    ServerApi.Published published = new ServerApi(api).read();

    assertThat(published.noise().protocol()).isEqualTo("Noise_IK_25519_AESGCM_SHA256");
    assertThat(published.noise().keys()).containsExactly(bytes(32, 1), bytes(32, 2));
    assertThat(published.socket()).isEqualTo("/v1/socket");
    assertThat(published.subprotocol()).isEqualTo("bluetick.v1");
    assertThat(published.versions()).isEqualTo(new ServerApi.Versions(1, 2));
  }

  @Test
  void server_without_keys_is_none() {
    server.on(
        "GET /.well-known/bluetick",
        json(
            200,
            """
            {"noise":{"protocol":"x","keys":[]},"socket":"/","subprotocol":"x",
             "versions":{"oldest":1,"newest":1}}\
            """));

    assertThatThrownBy(() -> new ServerApi(api).read()).isInstanceOf(UnreachableException.class);
  }
}
