package io.bluetick.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.gateway.edge.Upstream;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommonDocumentTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FRAME =
      """
      {"openapi": "3.1.0", "info": {"description": "About."},
       "components": {"schemas": {"Problem": {"type": "object"}}}}
      """;

  private final Map<Upstream, Part> parts = new EnumMap<>(Upstream.class);

  @Test
  void only_paths_that_lead_to_the_service_are_listed() {
    add(
        Upstream.MEDIA,
        """
        {"paths": {"/v1/media/{id}": {"get": {}}, "/v1/admin/media/x": {"get": {}},
                   "/internal/purge": {"post": {}}, "/v1/profiles": {"get": {}},
                   "/actuator/health": {"get": {}}}}
        """);
    assertThat(merged().path("paths").propertyNames())
        .containsExactlyInAnyOrder("/v1/media/{id}", "/v1/admin/media/x");
  }

  @Test
  void components_that_no_listed_path_needs_are_left_out() {
    add(
        Upstream.MEDIA,
        """
        {"paths": {"/v1/media": {"get": {"x": {"$ref": "#/components/schemas/A"}}},
                   "/internal": {"get": {"x": {"$ref": "#/components/schemas/Secret"}}}},
         "components": {"schemas": {"A": {"b": {"$ref": "#/components/schemas/B"}},
                                    "B": {"a": {"$ref": "#/components/schemas/A"}},
                                    "Secret": {}}}}
        """);
    assertThat(schemas().propertyNames()).containsExactlyInAnyOrder("Problem", "A", "B");
  }

  @Test
  void equal_components_are_one_whatever_their_order() {
    add(Upstream.MEDIA, using("/v1/media", "{\"type\": \"string\", \"format\": \"uri\"}"));
    add(Upstream.USER, using("/v1/groups", "{\"format\": \"uri\", \"type\": \"string\"}"));
    assertThat(schemas().propertyNames()).containsExactlyInAnyOrder("Problem", "Thing");
  }

  @Test
  void different_components_carry_the_name_of_their_service() {
    add(Upstream.MEDIA, using("/v1/media", "{\"type\": \"string\"}"));
    add(Upstream.USER, using("/v1/groups", "{\"type\": \"integer\"}"));
    assertThat(schemas().propertyNames())
        .containsExactlyInAnyOrder("Problem", "media.Thing", "user.Thing");
    assertThat(schemas().at("/user.Thing/type").asString()).isEqualTo("integer");
    assertThat(merged().at("/paths/~1v1~1groups/get/x/$ref").asString())
        .isEqualTo("#/components/schemas/user.Thing");
  }

  @Test
  void equal_components_that_refer_to_different_ones_are_different() {
    String thing = "{\"k\": {\"$ref\": \"#/components/schemas/Kind\"}}";
    add(Upstream.MEDIA, using("/v1/media", thing + ", \"Kind\": {\"type\": \"string\"}"));
    add(Upstream.USER, using("/v1/groups", thing + ", \"Kind\": {\"type\": \"integer\"}"));
    assertThat(schemas().at("/media.Thing/k/$ref").asString())
        .isEqualTo("#/components/schemas/media.Kind");
    assertThat(schemas().at("/user.Thing/k/$ref").asString())
        .isEqualTo("#/components/schemas/user.Kind");
  }

  @Test
  void what_the_frame_defines_keeps_its_name() {
    add(
        Upstream.MEDIA,
        """
        {"paths": {"/v1/media": {"get": {"x": {"$ref": "#/components/schemas/Problem"}}}},
         "components": {"schemas": {"Problem": {"type": "string"}}}}
        """);
    assertThat(schemas().at("/Problem/type").asString()).isEqualTo("object");
    assertThat(schemas().at("/media.Problem/type").asString()).isEqualTo("string");
  }

  @Test
  void discriminators_follow_their_components() {
    String thing =
        "{\"discriminator\": {\"propertyName\": \"t\","
            + " \"mapping\": {\"k\": \"#/components/schemas/Kind\"}},"
            + " \"oneOf\": [{\"$ref\": \"#/components/schemas/Kind\"}]}, \"Kind\": ";
    add(Upstream.MEDIA, using("/v1/media", thing + "{\"type\": \"string\"}"));
    add(Upstream.USER, using("/v1/groups", thing + "{\"type\": \"integer\"}"));
    assertThat(schemas().at("/media.Thing/discriminator/mapping/k").asString())
        .isEqualTo("#/components/schemas/media.Kind");
  }

  @Test
  void repeated_operation_ids_are_told_apart() {
    add(Upstream.MEDIA, "{\"paths\": {\"/v1/media\": {\"get\": {\"operationId\": \"get\"}}}}");
    add(Upstream.USER, "{\"paths\": {\"/v1/groups\": {\"get\": {\"operationId\": \"get\"}}}}");
    assertThat(merged().at("/paths/~1v1~1media/get/operationId").asString()).isEqualTo("media.get");
    assertThat(merged().at("/paths/~1v1~1groups/get/operationId").asString()).isEqualTo("user.get");
  }

  @Test
  void missing_services_are_named() {
    add(Upstream.MEDIA, "{}");
    assertThat(merged().at("/info/description").asString())
        .startsWith("About.")
        .contains("session, message, presence, user");
    assertThat(merged().at("/info/x-missing").size()).isEqualTo(4);
  }

  @Test
  void a_whole_document_names_none() {
    for (Upstream upstream : Upstream.values()) {
      add(upstream, "{}");
    }
    assertThat(merged().at("/info/description").asString()).isEqualTo("About.");
    assertThat(merged().at("/info").has("x-missing")).isFalse();
  }

  private void add(Upstream upstream, String document) {
    parts.put(upstream, Part.of(upstream, JSON.readTree(document)));
  }

  private JsonNode merged() {
    return CommonDocument.merge(JSON.readTree(FRAME).asObject(), parts);
  }

  private JsonNode schemas() {
    return merged().at("/components/schemas");
  }

  private static String using(String path, String thing) {
    return "{\"paths\": {\""
        + path
        + "\": {\"get\": {\"x\": {\"$ref\": \"#/components/schemas/Thing\"}}}},"
        + " \"components\": {\"schemas\": {\"Thing\": "
        + thing
        + "}}}";
  }
}
