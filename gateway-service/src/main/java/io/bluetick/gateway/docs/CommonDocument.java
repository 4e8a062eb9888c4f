package io.bluetick.gateway.docs;

import io.bluetick.gateway.edge.Upstream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes one document of many. Components of the same name and content are one; if the contents
 * differ, or what they refer to does, each carries its service's name in front. What the frame
 * defines keeps its name.
 */
class CommonDocument {
  private static final String OPERATION_ID = "operationId";

  private final ObjectNode document;
  private final Set<String> ambiguous;
  private final Set<String> repeatedOperations;

  private CommonDocument(ObjectNode frame, Collection<Part> parts) {
    document = frame.deepCopy();
    ambiguous = ambiguous(Part.components(frame), parts);
    repeatedOperations = repeatedOperations(parts);
  }

  /**
   * Merges in the order of the services, whatever order they answered in.
   *
   * @param frame the document without any service
   * @param parts of the services that answered; the document names those that did not
   */
  static ObjectNode merge(ObjectNode frame, Map<Upstream, Part> parts) {
    CommonDocument common = new CommonDocument(frame, parts.values());
    List<String> missing = new ArrayList<>();
    for (Upstream upstream : Upstream.values()) {
      Part part = parts.get(upstream);
      if (part == null) {
        missing.add(upstream.label());
      } else {
        common.add(upstream.label(), part);
      }
    }
    if (!missing.isEmpty()) {
      common.name(missing);
    }
    return common.document;
  }

  private void add(String service, Part part) {
    part.components()
        .forEach((name, component) -> {
          String[] kindAndName = newName(service, name).split("/", 2);
          document
              .withObject("components")
              .withObject(kindAndName[0])
              .set(kindAndName[1], renamed(service, component));
        });
    part.paths()
        .forEach((path, item) -> {
          JsonNode copy = renamed(service, item);
          copy.forEach(operation -> nameOperation(service, operation));
          document.withObject("paths").set(path, copy);
        });
  }

  private JsonNode renamed(String service, JsonNode node) {
    return Part.renamed(node, name -> newName(service, name));
  }

  private String newName(String service, String name) {
    return ambiguous.contains(name) ? name.replaceFirst("/", "/" + service + ".") : name;
  }

  private void nameOperation(String service, JsonNode operation) {
    if (operation instanceof ObjectNode object && operation.has(OPERATION_ID)) {
      String id = object.get(OPERATION_ID).asString();
      object.put(OPERATION_ID, repeatedOperations.contains(id) ? service + "." + id : id);
    }
  }

  private void name(List<String> missing) {
    ObjectNode info = document.withObject("info");
    info.put(
        "description",
        info.path("description").asString()
            + "\n\n**Left out, because they did not answer: "
            + String.join(", ", missing)
            + ".**");
    missing.forEach(info.withArray("x-missing")::add);
  }

  /** Grows until nothing refers to an ambiguous component but ambiguous ones. */
  private static Set<String> ambiguous(Map<String, JsonNode> frame, Collection<Part> parts) {
    Map<String, List<JsonNode>> contents = new HashMap<>();
    Stream.concat(Stream.of(frame), parts.stream().map(Part::components))
        .flatMap(components -> components.entrySet().stream())
        .forEach(component ->
            contents
                .computeIfAbsent(component.getKey(), _ -> new ArrayList<>())
                .add(component.getValue()));
    Set<String> found = new HashSet<>();
    int before = -1;
    while (found.size() > before) {
      before = found.size();
      contents.forEach((name, versions) -> {
        if (differ(versions, found)) {
          found.add(name);
        }
      });
    }
    return found;
  }

  private static boolean differ(List<JsonNode> versions, Set<String> ambiguous) {
    return versions.size() > 1
        && (versions.stream().distinct().count() > 1
            || Part.references(versions.getFirst()).anyMatch(ambiguous::contains));
  }

  private static Set<String> repeatedOperations(Collection<Part> parts) {
    Set<String> seen = new HashSet<>();
    return parts.stream()
        .flatMap(part -> part.paths().values().stream())
        .flatMap(JsonNode::valueStream)
        .map(operation -> operation.path(OPERATION_ID).asString(null))
        .filter(Objects::nonNull)
        .filter(id -> !seen.add(id))
        .collect(Collectors.toUnmodifiableSet());
  }
}
