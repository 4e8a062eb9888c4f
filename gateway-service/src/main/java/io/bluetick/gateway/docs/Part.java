package io.bluetick.gateway.docs;

import io.bluetick.gateway.edge.Upstream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the document of one service adds to the common one: the paths that lead to it through the
 * gateway, and the components that these need. The rest is the service's own affair.
 *
 * @param paths by their template
 * @param components by kind and name, such as {@code schemas/Device}
 */
record Part(Map<String, JsonNode> paths, Map<String, JsonNode> components) {
  private static final String REFERENCE = "$ref";
  private static final String COMPONENTS = "#/components/";

  static Part of(Upstream upstream, JsonNode document) {
    Map<String, JsonNode> paths = new LinkedHashMap<>();
    document
        .path("paths")
        .forEachEntry((path, item) -> {
          if (upstream.takes(path)) {
            paths.put(path, item);
          }
        });
    return new Part(paths, needed(paths.values(), components(document)));
  }

  static Map<String, JsonNode> components(JsonNode document) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    document
        .path("components")
        .forEachEntry((kind, named) ->
            named.forEachEntry((name, component) -> all.put(kind + "/" + name, component)));
    return all;
  }

  private static Map<String, JsonNode> needed(
      Collection<JsonNode> roots, Map<String, JsonNode> components) {
    Map<String, JsonNode> needed = new LinkedHashMap<>();
    Deque<JsonNode> open = new ArrayDeque<>(roots);
    while (!open.isEmpty()) {
      references(open.pop())
          .forEach(name -> {
            JsonNode component = components.get(name);
            if (component != null && needed.put(name, component) == null) {
              open.push(component);
            }
          });
    }
    return needed;
  }

  /** The components that a node refers to directly, as the keys of {@link #components}. */
  static Stream<String> references(JsonNode node) {
    return node.findValues(REFERENCE).stream()
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .filter(target -> target.startsWith(COMPONENTS))
        .map(target -> target.substring(COMPONENTS.length()));
  }

  /** A copy that refers to components by their new names. */
  static JsonNode renamed(JsonNode node, UnaryOperator<String> newName) {
    JsonNode copy = node.deepCopy();
    rename(copy, newName);
    return copy;
  }

  private static void rename(JsonNode node, UnaryOperator<String> newName) {
    if (node instanceof ObjectNode object) {
      JsonNode reference = object.get(REFERENCE);
      if (reference != null && reference.isString()) {
        object.put(REFERENCE, renamed(reference.stringValue(), newName));
      }
      if (object.path("discriminator").path("mapping") instanceof ObjectNode mapping) {
        mapping
            .propertyNames()
            .forEach(value -> mapping.put(value, renamed(mapping.path(value).asString(), newName)));
      }
    }
    node.forEach(child -> rename(child, newName));
  }

  private static String renamed(String target, UnaryOperator<String> newName) {
    return target.startsWith(COMPONENTS)
        ? COMPONENTS + newName.apply(target.substring(COMPONENTS.length()))
        : target;
  }
}
