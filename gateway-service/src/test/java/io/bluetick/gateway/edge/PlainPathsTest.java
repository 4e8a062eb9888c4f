package io.bluetick.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "v1/media",
        "//internal",
        "/v1//media",
        "/v1/media//",
        "/v1/media/..",
        "/v1/media/../../internal",
        "/v1/./media",
        "/v1/media/.",
        "/v1/media/%2e%2e/internal",
        "/v1/media/%2E./internal",
        "/v1/media/..;/internal",
        "/v1/media;x=/internal",
        "/v1/media%3b/x",
        "/v1/media%2finternal",
        "/v1/media%2Finternal",
        "/v1/media/%252e%252e/internal",
        "/v1/media\\..\\internal",
        "/v1/media%5cinternal",
        "/v1/media/%00",
        "/v1/media/%0d%0aX:y",
        "/v1/media/%7F",
        "/v1/media/%zz",
        "/v1/media/%2"
      })
  void a_path_with_two_readings_is_refused(String path) {
    assertThat(PlainPaths.isPlain(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/media",
        "/v1/media/",
        "/v1/media/a.b",
        "/v1/media/..a",
        "/v1/media/a..",
        "/.well-known/bluetick",
        "/v1/profiles/J%C3%B6rg",
        "/v1/profiles/a%20b",
        "/v1/profiles/@a:b,c!$&'()*+="
      })
  void a_plain_path_passes(String path) {
    assertThat(PlainPaths.isPlain(path)).isTrue();
  }
}
