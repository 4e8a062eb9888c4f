package io.bluetick.session;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the service with JSON. */
public final class ApiCalls {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port;
  private final Map<String, String> headers;

  /** Without a token. */
  public ApiCalls(int port) {
    this(port, Map.of());
  }

  public ApiCalls(int port, String token) {
    this(port, Map.of("Authorization", "Bearer " + token));
  }

  private ApiCalls(int port, Map<String, String> headers) {
    this.port = port;
    this.headers = headers;
  }

  public ApiCalls as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public ApiCalls with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new ApiCalls(port, all);
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, null);
  }

  public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, null);
  }

  public HttpResponse<String> delete(String path, Object body)
      throws IOException, InterruptedException {
    return send("DELETE", path, body);
  }

  public HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send("POST", path, null);
  }

  public HttpResponse<String> post(String path, Object body)
      throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  private HttpResponse<String> send(String method, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    headers.forEach(request::header);
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      String json = JsonMapper.shared().writeValueAsString(body);
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(json));
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
