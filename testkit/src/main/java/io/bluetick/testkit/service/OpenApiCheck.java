package io.bluetick.testkit.service;

import io.bluetick.testkit.service.OpenApiDocument.Operation;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds exchanges to the OpenAPI document of the service that answered.
 *
 * <p>A request that was accepted (2xx) must be one that the document allows: its parameters, its
 * body, and that it came without a token. A refused one may be anything. The answer must always be
 * documented: its status (every error by {@code default}), media type, headers and body. Objects
 * are closed: a property that is not documented is a violation.
 */
public final class OpenApiCheck {
  private static final Map<Integer, OpenApiCheck> BY_PORT = new ConcurrentHashMap<>();

  /** Headers that a client acts upon, so that sending one unannounced is a violation. */
  private static final List<String> ANNOUNCED = List.of("Retry-After", "Location", "ETag");

  private final OpenApiDocument document;
  private final RequestCheck requests;

  private OpenApiCheck(OpenApiDocument document) {
    this.document = document;
    this.requests = new RequestCheck(document);
  }

  /** By the document of the service at this port, which is asked for it once. */
  public static OpenApiCheck of(int port) {
    return BY_PORT.computeIfAbsent(port, asked -> of(fetch(asked)));
  }

  /** By this document. */
  public static OpenApiCheck of(String document) {
    return new OpenApiCheck(new OpenApiDocument(document));
  }

  /** The text of the document of the service at this port. */
  static String fetch(int port) {
    try {
      HttpResponse<String> answer = new HttpCaller(port).getWith(TestTokens.VALID, "/v3/api-docs");
      if (answer.statusCode() != 200) {
        throw new AssertionError("no OpenAPI document: " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new AssertionError("no OpenAPI document", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while asking for the OpenAPI document", e);
    }
  }

  /** Fails with all that is wrong. */
  void check(ApiExchange exchange) {
    List<String> complaints = complaints(exchange);
    if (!complaints.isEmpty()) {
      throw new AssertionError(
          exchange
              + " is not what the OpenAPI document says:\n- "
              + String.join("\n- ", complaints)
              + "\nsent: "
              + exchange.sent()
              + "\nreceived: "
              + exchange.received());
    }
  }

  List<String> complaints(ApiExchange exchange) {
    String path = exchange.uri().getRawPath();
    List<Operation> operations = document.operationsAt(path);
    Optional<Operation> operation =
        operations.stream().filter(each -> each.method().equals(exchange.method())).findFirst();
    if (operation.isEmpty()) {
      return List.of(
          operations.isEmpty()
              ? "path: " + path + " is not documented"
              : "method: documented there is only " + operations);
    }
    List<String> complaints = new ArrayList<>();
    if (exchange.isSuccess()) {
      complaints.addAll(requests.complaints(operation.get(), exchange));
    }
    Optional<JsonNode> answer = answer(operation.get(), exchange.status());
    if (answer.isPresent()) {
      headers(answer.get(), exchange, complaints);
      answerBody(answer.get(), exchange, complaints);
    } else {
      complaints.add(
          "status: documented are only "
              + operation.get().node().path("responses").propertyNames());
    }
    return complaints;
  }

  /** What is documented for a status; {@code default} stands for errors only. */
  private Optional<JsonNode> answer(Operation operation, int status) {
    JsonNode answers = operation.node().path("responses");
    JsonNode answer = answers.path(Integer.toString(status));
    if (answer.isMissingNode()) {
      answer = answers.path(status / 100 + "XX");
    }
    if (answer.isMissingNode() && status >= 400) {
      answer = answers.path("default");
    }
    return answer.isMissingNode() ? Optional.empty() : Optional.of(document.resolve(answer));
  }

  private void headers(JsonNode answer, ApiExchange exchange, List<String> complaints) {
    for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
      JsonNode documented = document.resolve(header.getValue());
      Optional<String> value = exchange.answerHeaders().firstValue(header.getKey());
      if (value.isPresent()) {
        Texts.violations(document, documented.path("schema"), List.of(value.get()))
            .forEach(said -> complaints.add("answer header " + header.getKey() + ": " + said));
      } else if (documented.path("required").asBoolean(false)) {
        complaints.add("answer header " + header.getKey() + ": is required, but is not there");
      }
    }
    for (String name : ANNOUNCED) {
      if (exchange.answerHeaders().firstValue(name).isPresent()
          && answer.path("headers").propertyNames().stream().noneMatch(name::equalsIgnoreCase)) {
        complaints.add("answer header " + name + ": is not documented");
      }
    }
  }

  private void answerBody(JsonNode answer, ApiExchange exchange, List<String> complaints) {
    JsonNode content = answer.path("content");
    if (exchange.received().isEmpty()) {
      if (!content.isEmpty() && !exchange.method().equals("HEAD")) {
        complaints.add("answer body: is documented as " + content.propertyNames() + ", but empty");
      }
      return;
    }
    body(
            document,
            content,
            exchange.answerHeaders().firstValue("Content-Type"),
            exchange.received())
        .forEach(said -> complaints.add("answer " + said));
  }

  /** In what a body is not as documented. */
  static List<String> body(
      OpenApiDocument document, JsonNode content, Optional<String> contentType, String body) {
    String type = contentType.orElse("none").replaceFirst("\\s*;.*", "");
    JsonNode documented = content.path(type);
    if (documented.isMissingNode()) {
      return List.of("content type: " + type + ", but documented is " + content.propertyNames());
    }
    if (!isJson(type)) {
      return List.of();
    }
    @Nullable JsonNode value = parsed(body);
    return value == null
        ? List.of("body: is no JSON")
        : document.violations(documented.path("schema"), value).stream()
            .map(said -> "body " + said)
            .toList();
  }

  static boolean isJson(String mediaType) {
    return mediaType.equals("application/json") || mediaType.endsWith("+json");
  }

  private static @Nullable JsonNode parsed(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException _) {
      return null;
    }
  }
}
