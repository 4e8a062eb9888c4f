package io.bluetick.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamTest {

  @ParameterizedTest
  @CsvSource({
    "/v1/registration, SESSION, OPEN",
    "/v1/registration/code, SESSION, OPEN",
    "/v1/accounts/me, SESSION, SESSION",
    "/v1/devices, SESSION, SESSION",
    "/v1/keys/a/1, SESSION, SESSION",
    "/v1/tokens, SESSION, SESSION",
    "/v1/tokens/refresh, SESSION, OPEN",
    "/v1/push, SESSION, SESSION",
    "/v1/turn, SESSION, SESSION",
    "/v1/tokens/recover, SESSION, OPEN",
    "/v1/linking/x, SESSION, OPEN",
    "/.well-known/jwks.json, SESSION, OPEN",
    "/v1/messages/x, MESSAGE, MESSAGE",
    "/v1/presence/x, PRESENCE, PRESENCE",
    "/v1/media, MEDIA, MEDIA",
    "/v1/profiles/x, USER, USER",
    "/v1/contacts, USER, USER",
    "/v1/blocks, USER, USER",
    "/v1/groups/x/members, USER, USER",
    "/v1/privacy, USER, USER",
    "/v1/admin/session/x, SESSION, ADMIN",
    "/v1/admin/session/login, SESSION, OPEN",
    "/v1/admin/session/exchange, SESSION, OPEN",
    "/v1/admin/session/tokens, SESSION, ADMIN",
    "/v1/admin/message/dead, MESSAGE, ADMIN",
    "/v1/admin/presence, PRESENCE, ADMIN",
    "/v1/admin/media/x, MEDIA, ADMIN",
    "/v1/admin/user/x, USER, ADMIN"
  })
  void a_path_leads_to_its_service(String path, Upstream service, RouteGroup group) {
    assertThat(Upstream.of(path)).contains(service);
    assertThat(Arrays.stream(Upstream.values()).filter(other -> other.takes(path))).hasSize(1);
    assertThat(RouteGroup.of(path)).isEqualTo(group);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/",
        "/v1/mediation",
        "/V1/media",
        "/v2/media",
        "/media",
        "/internal",
        "/internal/v1/media",
        "/actuator/health",
        "/v1/internal/x",
        "/v1/actuator",
        "/v1/admin",
        "/v1/admin/gateway",
        "/v1/admin/sessions",
        "/v1/socket",
        "/.well-known/bluetick",
        "/.well-known/x",
        "/v3/api-docs"
      })
  void all_else_leads_nowhere(String path) {
    assertThat(Upstream.of(path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, OPEN",
    "/docs/docs.js, OPEN",
    "/.well-known/bluetick, OPEN",
    "/v1/tokens/refreshed, SESSION",
    "/v1/registrations, OTHER",
    "/documents, OTHER",
    "/v3/api-docs, OTHER",
    "/readyz, PROBE",
    "/actuator/prometheus, PROBE"
  })
  void what_the_gateway_answers_itself_has_a_group(String path, RouteGroup group) {
    assertThat(RouteGroup.of(path)).isEqualTo(group);
  }
}
