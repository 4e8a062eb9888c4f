package io.bluetick.testkit.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The examples of a body: those of the media type, or else one that is put together from the
 * examples of all properties.
 */
final class Examples {
  private static final int MAX_DEPTH = 12;

  private final OpenApiDocument document;

  /**
   * What was found.
   *
   * @param missing the properties without an example, if it had to be put together
   */
  record Found(List<JsonNode> examples, List<String> missing) {}

  Examples(OpenApiDocument document) {
    this.document = document;
  }

  Found of(JsonNode mediaType) {
    JsonNode schema = mediaType.path("schema");
    List<JsonNode> written =
        Stream.concat(
                Stream.of(mediaType.path("example")).filter(node -> !node.isMissingNode()),
                mediaType.path("examples").valueStream().map(each -> resolved(each).path("value")))
            .map(example -> asMeant(schema, example))
            .toList();
    if (!written.isEmpty()) {
      return new Found(written, List.of());
    }
    List<String> missing = new ArrayList<>();
    JsonNode composed = compose(schema, "", missing, 0);
    return new Found(missing.isEmpty() ? List.of(composed) : List.of(), missing);
  }

  /** The examples that a schema itself has, its properties left aside. */
  List<JsonNode> own(JsonNode schema) {
    return Stream.concat(
            Stream.of(schema.path("example")).filter(node -> !node.isMissingNode()),
            schema.path("examples").valueStream())
        .map(example -> asMeant(schema, example))
        .toList();
  }

  private JsonNode compose(JsonNode schema, String where, List<String> missing, int depth) {
    List<JsonNode> own = own(schema);
    if (!own.isEmpty()) {
      return own.getFirst();
    }
    JsonNode target = document.resolve(schema);
    if (schema.has("$ref")) {
      return depth > MAX_DEPTH
          ? missing(where, missing)
          : compose(target, where, missing, depth + 1);
    }
    if (target.has("const")) {
      return target.path("const");
    }
    Optional<JsonNode> choice =
        Stream.of("oneOf", "anyOf").flatMap(word -> target.path(word).valueStream()).findFirst();
    if (choice.isPresent()) {
      return compose(choice.get(), where, missing, depth + 1);
    }
    if (target.has("properties") || target.has("allOf")) {
      return object(target, where, missing, depth);
    }
    if (target.has("items")) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      return array.add(compose(target.path("items"), where + "/0", missing, depth + 1));
    }
    boolean isEmptyObject = target.path("type").asString("").equals("object");
    return isEmptyObject && !target.has("additionalProperties")
        ? JsonNodeFactory.instance.objectNode()
        : missing(where, missing);
  }

  private JsonNode object(JsonNode schema, String where, List<String> missing, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (JsonNode part : schema.path("allOf")) {
      if (compose(part, where, missing, depth + 1) instanceof ObjectNode more) {
        object.setAll(more);
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String at = where + "/" + property.getKey();
      object.set(property.getKey(), compose(property.getValue(), at, missing, depth + 1));
    }
    return object;
  }

  private static JsonNode missing(String where, List<String> missing) {
    missing.add(where.isEmpty() ? "the whole" : where);
    return JsonNodeFactory.instance.nullNode();
  }

  /** In annotations an example is a text; where the schema wants something else, it is its JSON. */
  private JsonNode asMeant(JsonNode schema, JsonNode example) {
    if (!example.isString() || Texts.types(resolved(schema)).contains("string")) {
      return example;
    }
    try {
      return JsonMapper.shared().readTree(example.asString());
    } catch (JacksonException _) {
      return example;
    }
  }

  private JsonNode resolved(JsonNode node) {
    return document.resolve(node);
  }
}
