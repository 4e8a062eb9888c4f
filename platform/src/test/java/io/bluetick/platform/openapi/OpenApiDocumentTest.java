package io.bluetick.platform.openapi;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.HttpCaller;
import io.bluetick.testkit.service.OpenApiLint;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
    classes = SampleApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.main.web-application-type=servlet",
      "spring.config.import=classpath:platform.yaml",
      "spring.application.name=sample",
      "bluetick.ready-when=readinessState"
    })
@Import(TestTokens.class)
class OpenApiDocumentTest {
  private static final String FRAME =
      "gateway-service/src/main/resources/io/bluetick/gateway/docs/frame.json";

  private final int port;
  private final ApiCaller api;

  OpenApiDocumentTest(@Value("${local.server.port}") int port) {
    this.port = port;
    this.api = new ApiCaller(port, TestTokens.VALID);
  }

  @Test
  void only_what_callers_ask_for_is_documented_and_as_what_it_is() throws Exception {
    assertThat(document().path("paths").propertyNames()).containsExactly("/v1/keys");
    assertThat(
            document().at("/paths/~1v1~1keys/get/responses/200/content/application~1json/schema"))
        .hasToString("{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/Key\"}}");
  }

  @Test
  void what_cannot_be_null_is_required() throws Exception {
    JsonNode schemas = document().at("/components/schemas");
    assertThat(schemas.at("/Key/required")).hasToString("[\"at\",\"id\",\"owner\",\"start\"]");
    assertThat(schemas.at("/NewKey/required")).hasToString("[\"key\"]");
    assertThat(schemas.at("/Problem/required").valueStream().map(JsonNode::asString))
        .contains("code", "detail")
        .doesNotContain("trace", "instance", "errors");
  }

  @Test
  void ids_and_bytes_are_the_texts_that_they_travel_as() throws Exception {
    JsonNode properties = document().at("/components/schemas/Key/properties");
    assertThat(properties.at("/owner/type").asString()).isEqualTo("string");
    assertThat(properties.at("/owner/pattern").asString()).isEqualTo("^[0-9a-f]{32}$");
    assertThat(properties.at("/start"))
        .hasToString("{\"type\":\"string\",\"format\":\"byte\",\"example\":\"AAE=\"}");
  }

  @Test
  void the_size_of_bytes_is_that_of_their_base64() throws Exception {
    JsonNode key = document().at("/components/schemas/NewKey/properties/key");
    assertThat(key.path("minLength").asInt()).isEqualTo(4);
    assertThat(key.path("maxLength").asInt()).isEqualTo(8);
  }

  @Test
  void answers_and_refusals_are_as_documented() throws Exception {
    assertThat(api.get("/v1/keys").body())
        .startsWith("[{\"id\":7,\"owner\":\"000")
        .endsWith("\"at\":\"1970-01-01T00:00:00Z\",\"start\":\"\"}]");
    assertThat(api.post("/v1/keys", "{\"key\": \"AAECAw==\"}").statusCode()).isEqualTo(201);
    assertProblem(api.post("/v1/keys", "{\"key\": \"AAECAwQ=\"}"), 422, "invalid");
    HttpResponse<String> refused = api.post("/v1/keys", "{\"key\": \"AAE=\", \"note\": \"a\"}");
    assertProblem(refused, 429, "rate-limited");
    assertThat(refused.headers().firstValue("Retry-After")).contains("3");
    assertProblem(new ApiCaller(port).get("/v1/keys"), 401, "unauthenticated");
  }

  @Test
  void an_error_that_is_described_is_a_problem_like_all_others() throws Exception {
    JsonNode answers = document().at("/paths/~1v1~1keys/post/responses");
    assertThat(answers.at("/429/description").asString())
        .isEqualTo("rate-limited: too many notes.");
    for (String part : new String[] {"content", "headers"}) {
      assertThat(answers.at("/429/" + part)).isEqualTo(answers.at("/default/" + part));
    }
    assertThat(answers.at("/201/content").propertyNames()).containsExactly("application/json");
  }

  @Test
  void what_the_platform_adds_is_clean() {
    OpenApiLint.assertClean(port);
  }

  /** Otherwise the common document has one Problem for each service. */
  @Test
  void the_gateways_frame_has_the_same_problem() throws Exception {
    JsonNode frame =
        JsonMapper.shared()
            .readTree(Path.of(System.getProperty("bluetick.root")).resolve(FRAME).toFile());
    for (String name : new String[] {"Problem", "FieldError"}) {
      assertThat(frame.at("/components/schemas/" + name))
          .isEqualTo(document().at("/components/schemas/" + name));
    }
  }

  private JsonNode document() throws Exception {
    return JsonMapper.shared()
        .readTree(new HttpCaller(port).getWith(TestTokens.VALID, "/v3/api-docs").body());
  }
}
