package io.bluetick.client.rest;

import static io.bluetick.client.rest.FakeServer.json;
import static io.bluetick.client.rest.FakeServer.nothing;
import static io.bluetick.client.rest.FakeServer.problem;
import static io.bluetick.client.rest.Samples.ACCOUNT;
import static io.bluetick.client.rest.Samples.base64;
import static io.bluetick.client.rest.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.client.rest.KeyApi.Bundle;
import io.bluetick.client.rest.KeyApi.Bundles;
import io.bluetick.client.rest.KeyApi.KeyCounts;
import io.bluetick.protocol.ErrorCode;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyApiTest {
  private final FakeServer server = new FakeServer();
  private final Api api = server.api();
  private final KeyApi keys = new KeyApi(api, server.tokens(api));

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void keys_are_uploaded_and_counted() {
    server.on("PUT /v1/keys", json(200, "{\"ecOneTime\":64,\"kyberOneTime\":63}"));
    server.on("GET /v1/keys/counts", json(200, "{\"ecOneTime\":64,\"kyberOneTime\":63}"));
    KeySet set =
        new KeySet(null, null, List.of(new EcKey(17, bytes(33, 5))), List.of(Samples.kyber(17)));

    assertThat(keys.upload(set)).isEqualTo(new KeyCounts(64, 63));
    server.assertAsked(
        "{\"ecOneTime\":[{\"id\":17,\"publicKey\":\"%s\"}],\"kyberOneTime\":[%s]}"
            .formatted(base64(33, 5), Samples.kyberJson(17)));
    assertThat(server.last().header("Authorization")).isEqualTo("Bearer token-1");
    assertThat(keys.counts()).isEqualTo(new KeyCounts(64, 63));
  }

  @Test
  void upload_is_refused() {
    server.on("PUT /v1/keys", problem(ErrorCode.TOO_MANY));

    KeySet none = new KeySet(null, null, List.of(), List.of());
    assertThat(Refusals.of(() -> keys.upload(none)).is(ErrorCode.TOO_MANY)).isTrue();
  }

  @Test
  void keys_are_the_same_unless_the_server_says_conflict() throws Exception {
    server.on("POST /v1/keys/check", nothing(204));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    sha256.update(bytes(33, 2).toByteArray());
    sha256.update(new byte[] {0, 0, 0, 0, 0, 0, 0, 3});
    sha256.update(bytes(33, 5).toByteArray());
    sha256.update(new byte[] {0, 0, 0, 0, 0, 0, 0, 4});
    sha256.update(bytes(1569, 7).toByteArray());

    assertThat(keys.isSame(bytes(33, 2), Samples.signedPreKey(), Samples.kyber(4))).isTrue();
    server.assertAsked(
        "{\"sha256\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(sha256.digest())));

    server.on("POST /v1/keys/check", problem(ErrorCode.CONFLICT));
    assertThat(keys.isSame(bytes(33, 2), Samples.signedPreKey(), Samples.kyber(4))).isFalse();

    server.on("POST /v1/keys/check", problem(ErrorCode.SUSPENDED));
    assertThatThrownBy(() -> keys.isSame(bytes(33, 2), Samples.signedPreKey(), Samples.kyber(4)))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void bundles_are_taken() {
    server.on("POST /v1/keys/bundles", json(200, bundlesJson()));

    Bundles bundles = keys.bundles(ACCOUNT, Set.of());

    assertThat(bundles)
        .isEqualTo(
            new Bundles(
                3,
                Samples.LIST,
                List.of(
                    new Bundle(
                        0,
                        1,
                        bytes(33, 2),
                        Samples.signedPreKey(),
                        new EcKey(17, bytes(33, 5)),
                        Samples.kyber(9),
                        false),
                    new Bundle(
                        2,
                        5,
                        bytes(33, 3),
                        Samples.signedPreKey(),
                        null,
                        Samples.kyber(1),
                        true))));
    server.assertAsked("{\"account\":\"%s\"}".formatted(ACCOUNT));
    keys.bundles(ACCOUNT, Set.of(2, 0));
    server.assertAsked("{\"account\":\"%s\",\"devices\":[0,2]}".formatted(ACCOUNT));
  }

  @Test
  void bundles_of_nobody_are_not_found() {
    server.on("POST /v1/keys/bundles", problem(ErrorCode.NOT_FOUND));

    assertThat(Refusals.of(() -> keys.bundles(ACCOUNT, Set.of())).status()).isEqualTo(404);
  }

  @Test
  void bundle_with_a_key_of_another_length_is_not_understood() {
    server.on(
        "POST /v1/keys/bundles",
        json(
            200,
            """
            {"listVersion":3,"signedList":%s,"devices":[
             {"device":0,"registration":1,"identityKey":"%s","signedPreKey":%s,
              "kyber":%s,"kyberIsLastResort":true}]}\
            """
                .formatted(
                    Samples.listJson(),
                    base64(32, 2),
                    Samples.signedPreKeyJson(),
                    Samples.kyberJson(9))));

    assertThatThrownBy(() -> keys.bundles(ACCOUNT, Set.of()))
        .isInstanceOf(UnreachableException.class);
  }

  private static String bundlesJson() {
    return """
    {"listVersion":3,"signedList":%s,"devices":[
     {"device":0,"registration":1,"identityKey":"%s","signedPreKey":%s,
      "ecOneTime":{"id":17,"publicKey":"%s"},"kyber":%s,"kyberIsLastResort":false},
     {"device":2,"registration":5,"identityKey":"%s","signedPreKey":%s,
      "kyber":%s,"kyberIsLastResort":true}]}\
    """
        .formatted(
            Samples.listJson(),
            base64(33, 2),
            Samples.signedPreKeyJson(),
            base64(33, 5),
            Samples.kyberJson(9),
            base64(33, 3),
            Samples.signedPreKeyJson(),
            Samples.kyberJson(1));
  }
}
