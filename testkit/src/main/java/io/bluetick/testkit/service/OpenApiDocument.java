package io.bluetick.testkit.service;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An OpenAPI 3.1 document: where its operations are, and whether a value fits one of its schemas.
 */
final class OpenApiDocument {
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  /** More is of no use to who mends the first. */
  private static final int VIOLATION_LIMIT = 10;

  private final JsonNode root;
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /**
   * An operation.
   *
   * @param template its path, such as {@code /v1/things/{id}}
   * @param path the object around it, which may hold parameters of all its operations
   */
  record Operation(String method, String template, JsonNode path, JsonNode node) {
    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  OpenApiDocument(String text) {
    this.root = JsonMapper.shared().readTree(text);
    if (!root.path("openapi").asString("").startsWith("3.1")) {
      throw new AssertionError("not an OpenAPI 3.1 document: " + text);
    }
  }

  JsonNode root() {
    return root;
  }

  List<Operation> operations() {
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> field : path.getValue().properties()) {
        if (METHODS.contains(field.getKey())) {
          String method = field.getKey().toUpperCase(Locale.ROOT);
          all.add(new Operation(method, path.getKey(), path.getValue(), field.getValue()));
        }
      }
    }
    return all;
  }

  /** All operations of a path; of several templates that match, the most literal one is meant. */
  List<Operation> operationsAt(String path) {
    Optional<String> template =
        root.path("paths").propertyNames().stream()
            .filter(candidate -> values(candidate, path).isPresent())
            .min(Comparator.comparing(OpenApiDocument::shape));
    return operations().stream()
        .filter(operation -> template.filter(operation.template()::equals).isPresent())
        .toList();
  }

  /** What stands in the place of a template's names; empty if the path is another. */
  static Optional<Map<String, String>> values(String template, String path) {
    String[] names = template.split("/", -1);
    String[] segments = path.split("/", -1);
    if (names.length != segments.length) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (names[i].startsWith("{") && names[i].endsWith("}") && !segments[i].isEmpty()) {
        values.put(names[i].substring(1, names[i].length() - 1), decoded(segments[i]));
      } else if (!names[i].equals(segments[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(values);
  }

  /** What a node says, or what the one says that it refers to; missing if that leads nowhere. */
  JsonNode resolve(JsonNode node) {
    JsonNode resolved = node;
    for (int hops = 0; resolved.has("$ref"); hops++) {
      String reference = resolved.path("$ref").asString("");
      if (hops > 20 || !reference.startsWith("#/")) {
        return MissingNode.getInstance();
      }
      resolved = root.at(reference.substring(1));
    }
    return resolved;
  }

  /** In what a value does not fit a schema; each says where in the value. */
  List<String> violations(JsonNode schema, JsonNode value) {
    ObjectNode selfContained =
        ClosedSchemas.selfContained(schema, root.path("components").path("schemas"));
    return registry
        .getSchema(selfContained)
        .validate(
            value,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(OpenApiDocument::text)
        .distinct()
        .limit(VIOLATION_LIMIT)
        .toList();
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String text(Error error) {
    String where = error.getInstanceLocation().toString();
    return (where.isEmpty() ? "the whole" : where) + ": " + error.getMessage();
  }

  /** Sorts literal segments before named ones, from left to right. */
  private static String shape(String template) {
    return template.replaceAll("\\{[^/]*}", "\uffff").replaceAll("[^/\uffff]+", "a");
  }
}
