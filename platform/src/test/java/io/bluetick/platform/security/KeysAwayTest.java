package io.bluetick.platform.security;

import static io.bluetick.testkit.service.Problems.assertProblem;

import io.bluetick.testkit.service.HttpCaller;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class KeysAwayTest {

  /** It is not the caller's fault that nobody knows whether the token is good. */
  @ParameterizedTest
  @ValueSource(strings = {"servlet", "reactive"})
  void while_no_keys_were_ever_known_a_token_is_told_to_come_later(String stack) throws Exception {
    try (TestIssuer away = new TestIssuer()) {
      away.answers(500);
      try (ConfigurableApplicationContext service =
          new SpringApplicationBuilder(SecuredApplication.class)
              .properties("spring.main.web-application-type=" + stack)
              .run("--server.port=0", "--bluetick.security.jwks=" + away.url())) {
        int port = service.getEnvironment().getRequiredProperty("local.server.port", int.class);
        HttpCaller http = new HttpCaller(port);
        assertProblem(http.getWith(SampleTokens.device(), "/v1/who"), 503, "unavailable");
        assertProblem(http.getWith("garbage", "/v1/who"), 401, "unauthenticated");
        assertProblem(http.get("/internal/v1/thing"), 401, "unauthenticated");
      }
    }
  }
}
