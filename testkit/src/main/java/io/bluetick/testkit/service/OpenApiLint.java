package io.bluetick.testkit.service;

import io.bluetick.testkit.service.OpenApiDocument.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a document must have so that somebody can work with it: every operation has a summary, an id
 * of its own, a tag and a success; every JSON body has an example, by the media type or by all
 * properties of its schema; every example fits its schema; every reference leads somewhere.
 */
public final class OpenApiLint {
  private final OpenApiDocument document;
  private final Examples examples;
  private final List<String> complaints = new ArrayList<>();

  private OpenApiLint(OpenApiDocument document) {
    this.document = document;
    this.examples = new Examples(document);
  }

  /** Fails with all that is wrong with the document of the service at this port. */
  public static void assertClean(int port) {
    List<String> complaints = complaints(OpenApiCheck.fetch(port));
    if (!complaints.isEmpty()) {
      throw new AssertionError("the OpenAPI document:\n- " + String.join("\n- ", complaints));
    }
  }

  static List<String> complaints(String document) {
    OpenApiLint lint = new OpenApiLint(new OpenApiDocument(document));
    lint.run();
    return List.copyOf(lint.complaints);
  }

  private void run() {
    references("", document.root());
    if (!complaints.isEmpty()) {
      return; // Nothing else can be told of schemas that are not there.
    }
    Set<String> ids = new HashSet<>();
    for (Operation operation : document.operations()) {
      head(operation, ids);
      bodies(operation);
    }
    for (Map.Entry<String, JsonNode> schema :
        document.root().at("/components/schemas").properties()) {
      ownExamples("schema " + schema.getKey(), schema.getValue());
    }
  }

  private void references(String where, JsonNode node) {
    JsonNode reference = node.path("$ref");
    if (reference.isString() && document.resolve(node).isMissingNode()) {
      complaints.add(where + ": " + reference.asString() + " is not there");
    }
    node.properties().forEach(each -> references(where + "/" + each.getKey(), each.getValue()));
    if (node.isArray()) {
      node.forEach(each -> references(where, each));
    }
  }

  private void head(Operation operation, Set<String> ids) {
    JsonNode node = operation.node();
    for (String field : List.of("summary", "operationId")) {
      if (node.path(field).asString("").isBlank()) {
        complaints.add(operation + ": has no " + field);
      }
    }
    String id = node.path("operationId").asString("");
    if (!id.isBlank() && !ids.add(id)) {
      complaints.add(operation + ": shares its operationId " + id + " with another");
    }
    if (node.path("tags").isEmpty()) {
      complaints.add(operation + ": has no tag");
    }
    if (node.path("responses").propertyNames().stream().noneMatch(name -> name.startsWith("2"))) {
      complaints.add(operation + ": has no documented success (2xx)");
    }
  }

  private void bodies(Operation operation) {
    bodies(operation + " request", document.resolve(operation.node().path("requestBody")));
    for (Map.Entry<String, JsonNode> answer : operation.node().path("responses").properties()) {
      bodies(operation + " " + answer.getKey(), document.resolve(answer.getValue()));
    }
  }

  private void bodies(String what, JsonNode body) {
    for (Map.Entry<String, JsonNode> content : body.path("content").properties()) {
      String type = content.getKey();
      if (type.contains("*")) {
        complaints.add(what + ": says no media type, but " + type);
      } else if (OpenApiCheck.isJson(type)) {
        body(what, content.getValue());
      }
    }
  }

  private void body(String what, JsonNode mediaType) {
    if (!mediaType.has("schema")) {
      complaints.add(what + ": has no schema");
      return;
    }
    Examples.Found found = examples.of(mediaType);
    if (!found.missing().isEmpty()) {
      complaints.add(what + ": has no example for " + String.join(", ", found.missing()));
    }
    for (JsonNode example : found.examples()) {
      for (String said : document.violations(mediaType.path("schema"), example)) {
        complaints.add(what + ": its example does not fit: " + said);
      }
    }
  }

  /** Those that no body's example was put together from are looked at as well. */
  private void ownExamples(String where, JsonNode schema) {
    for (JsonNode example : examples.own(schema)) {
      for (String said : document.violations(schema, example)) {
        complaints.add(where + ": its example does not fit: " + said);
      }
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      ownExamples(where + "/" + property.getKey(), property.getValue());
    }
    for (String part : List.of("allOf", "anyOf", "oneOf")) {
      schema.path(part).forEach(each -> ownExamples(where, each));
    }
    if (schema.path("items").isObject()) {
      ownExamples(where + "/items", schema.path("items"));
    }
  }
}
