package io.bluetick.testkit.service;

import io.bluetick.testkit.service.OpenApiDocument.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Whether the document allows what a service has accepted. */
final class RequestCheck {
  private final OpenApiDocument document;

  RequestCheck(OpenApiDocument document) {
    this.document = document;
  }

  List<String> complaints(Operation operation, ApiExchange exchange) {
    List<String> complaints = new ArrayList<>();
    if (!exchange.hasToken() && needsToken(operation)) {
      complaints.add("token: was not asked for, but is documented as needed");
    }
    parameters(operation, exchange, complaints);
    body(operation, exchange, complaints);
    return complaints;
  }

  /** An operation's own word counts before the document's; an empty list or entry means none. */
  private boolean needsToken(Operation operation) {
    JsonNode security =
        operation.node().has("security")
            ? operation.node().path("security")
            : document.root().path("security");
    return !security.isEmpty() && security.valueStream().noneMatch(JsonNode::isEmpty);
  }

  private void parameters(Operation operation, ApiExchange exchange, List<String> complaints) {
    Map<String, List<String>> query = query(exchange.uri().getRawQuery());
    Map<String, String> path =
        OpenApiDocument.values(operation.template(), exchange.uri().getRawPath()).orElseThrow();
    List<String> documented = new ArrayList<>();
    for (JsonNode parameter : parameters(operation)) {
      String name = parameter.path("name").asString("");
      String in = parameter.path("in").asString("");
      List<String> values =
          switch (in) {
            case "query" -> query.getOrDefault(name, List.of());
            case "path" -> path.containsKey(name) ? List.of(path.get(name)) : List.of();
            case "header" -> exchange.requestHeaders().allValues(name);
            default -> List.of();
          };
      String what = in + " parameter " + name + ": ";
      documented.add(in + " " + name);
      if (!values.isEmpty()) {
        Texts.violations(document, parameter.path("schema"), values)
            .forEach(said -> complaints.add(what + said));
      } else if (parameter.path("required").asBoolean(false)) {
        complaints.add(what + "is required, but was not asked for");
      }
    }
    for (String name : query.keySet()) {
      if (!documented.contains("query " + name)) {
        complaints.add("query parameter " + name + ": is not documented");
      }
    }
  }

  private List<JsonNode> parameters(Operation operation) {
    return Stream.of(operation.path(), operation.node())
        .flatMap(node -> node.path("parameters").valueStream())
        .map(document::resolve)
        .toList();
  }

  private void body(Operation operation, ApiExchange exchange, List<String> complaints) {
    JsonNode documented = document.resolve(operation.node().path("requestBody"));
    if (exchange.sent().isEmpty()) {
      if (documented.path("required").asBoolean(false)) {
        complaints.add("request body: is required, but was not asked for");
      }
    } else if (documented.isMissingNode()) {
      complaints.add("request body: is not documented, but was accepted");
    } else {
      OpenApiCheck.body(
              document,
              documented.path("content"),
              exchange.requestHeaders().firstValue("Content-Type"),
              exchange.sent())
          .forEach(said -> complaints.add("accepted request " + said));
    }
  }

  private static Map<String, List<String>> query(@Nullable String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query
            .computeIfAbsent(OpenApiDocument.decoded(parts[0]), _ -> new ArrayList<>())
            .add(parts.length == 2 ? OpenApiDocument.decoded(parts[1]) : "");
      }
    }
    return query;
  }
}
