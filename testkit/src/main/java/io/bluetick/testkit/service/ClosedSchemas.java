package io.bluetick.testkit.service;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas that allow only what they name. A document says what may be sent; that nothing else may
 * be is meant and not written.
 *
 * <p>A part of an {@code allOf} must not be closed by itself, since it does not know the properties
 * of the other parts. So there are two versions of each shared schema: a closed one under its own
 * name, and an open one for those who put it together with others.
 */
final class ClosedSchemas {
  static final String SHARED = "#/components/schemas/";

  private static final String OPEN = "#/components/open/";
  private static final List<String> MAPS = List.of("properties", "patternProperties", "$defs");
  private static final List<String> SINGLE = List.of("items", "additionalProperties", "not");
  private static final List<String> PARTS = List.of("allOf", "anyOf", "oneOf");

  /** Whether a schema stands alone or is a part of another. */
  private enum Place {
    WHOLE,
    PART
  }

  private ClosedSchemas() {}

  /** A schema that stands for itself: its references lead into the document's schemas within it. */
  static ObjectNode selfContained(JsonNode schema, JsonNode sharedSchemas) {
    ObjectNode whole = close(schema, Place.WHOLE);
    ObjectNode components = whole.putObject("components");
    ObjectNode closed = components.putObject("schemas");
    ObjectNode open = components.putObject("open");
    for (Map.Entry<String, JsonNode> shared : sharedSchemas.properties()) {
      closed.set(shared.getKey(), close(shared.getValue(), Place.WHOLE));
      open.set(shared.getKey(), close(shared.getValue(), Place.PART));
    }
    return whole;
  }

  private static ObjectNode close(JsonNode schema, Place place) {
    ObjectNode copy = (ObjectNode) schema.deepCopy();
    for (String keyword : MAPS) {
      if (copy.get(keyword) instanceof ObjectNode map) {
        map.properties().forEach(each -> map.set(each.getKey(), whole(each.getValue())));
      }
    }
    for (String keyword : SINGLE) {
      if (copy.get(keyword) instanceof ObjectNode single) {
        copy.set(keyword, whole(single));
      }
    }
    // Alternatives without anything beside them are closed each by itself, which reads better.
    boolean isChoice = !copy.has("allOf") && !copy.has("properties");
    for (String keyword : PARTS) {
      if (copy.get(keyword) instanceof ArrayNode parts) {
        Place within = isChoice ? place : Place.PART;
        for (int i = 0; i < parts.size(); i++) {
          parts.set(i, close(parts.get(i), within));
        }
      }
    }
    if (place == Place.PART) {
      redirect(copy);
    } else {
      seal(copy, isChoice);
    }
    return copy;
  }

  private static JsonNode whole(JsonNode schema) {
    return schema.isObject() ? close(schema, Place.WHOLE) : schema;
  }

  private static void redirect(ObjectNode part) {
    String reference = part.path("$ref").asString("");
    if (reference.startsWith(SHARED)) {
      part.put("$ref", OPEN + reference.substring(SHARED.length()));
    }
  }

  private static void seal(ObjectNode schema, boolean isChoice) {
    boolean isParted = PARTS.stream().anyMatch(schema::has);
    boolean saysMore =
        schema.has("additionalProperties")
            || schema.has("unevaluatedProperties")
            || schema.has("patternProperties");
    boolean isObject =
        schema.has("properties") || schema.path("type").asString("").equals("object");
    if (saysMore || (isParted && isChoice)) {
      return;
    }
    if (isParted) {
      schema.put("unevaluatedProperties", false);
    } else if (isObject) {
      schema.put("additionalProperties", false);
    }
  }
}
