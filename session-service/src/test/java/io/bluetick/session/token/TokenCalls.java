package io.bluetick.session.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the service as its clients do. */
final class TokenCalls {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.shared();

  private final String base;

  TokenCalls(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  HttpResponse<String> refresh(String token) throws IOException, InterruptedException {
    return post("/v1/tokens/refresh", Map.of("refreshToken", token));
  }

  HttpResponse<String> post(String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return ask("POST", path, "", JSON.writeValueAsString(body));
  }

  HttpResponse<String> ask(String method, String path, String bearer, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!bearer.isEmpty()) {
      request.header("Authorization", "Bearer " + bearer);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  static String text(HttpResponse<String> answer, String field) {
    return json(answer).get(field).asString();
  }

  static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }
}
