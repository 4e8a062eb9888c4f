package io.bluetick.testkit.service;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.StringNode;

/** Values of parameters and headers, which are texts whatever their schema says. */
final class Texts {
  private static final Set<String> UNQUOTED = Set.of("integer", "number", "boolean");

  private Texts() {}

  static List<String> violations(OpenApiDocument document, JsonNode schema, List<String> values) {
    JsonNode resolved = document.resolve(schema);
    if (!types(resolved).contains("array")) {
      return document.violations(schema, value(types(resolved), values.getFirst()));
    }
    Set<String> types = types(document.resolve(resolved.path("items")));
    ArrayNode array = JsonMapper.shared().createArrayNode();
    values.forEach(each -> array.add(value(types, each)));
    return document.violations(schema, array);
  }

  private static JsonNode value(Set<String> types, String text) {
    if (types.stream().anyMatch(UNQUOTED::contains)) {
      try {
        return JsonMapper.shared().readTree(text);
      } catch (JacksonException _) {
        return StringNode.valueOf(text);
      }
    }
    return StringNode.valueOf(text);
  }

  /** In 3.1 a type may be one name or a list of them. */
  static Set<String> types(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.valueStream().map(each -> each.asString("")).collect(Collectors.toSet())
        : Set.of(type.asString(""));
  }
}
