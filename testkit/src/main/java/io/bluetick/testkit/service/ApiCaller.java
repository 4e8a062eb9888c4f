package io.bluetick.testkit.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the API of a service and holds every exchange to the service's own document ({@link
 * OpenApiCheck}). What no document describes is for {@link HttpCaller}.
 *
 * <pre>{@code
 * ApiCaller device = new ApiCaller(port, token);
 * HttpResponse<String> answer = device.post("/v1/things", new NewThing("a"));
 * assertThat(ApiCaller.json(answer).at("/id").asString()).isEqualTo("7");
 * }</pre>
 */
public final class ApiCaller {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final Map<String, String> headers;

  /** Without a token. */
  public ApiCaller(int port) {
    this(port, Map.of());
  }

  public ApiCaller(int port, String token) {
    this(port, Map.of("Authorization", "Bearer " + token));
  }

  private ApiCaller(int port, Map<String, String> headers) {
    this.port = port;
    this.headers = headers;
  }

  /** The same caller with another token. */
  public ApiCaller as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  /** The same caller with one header more. */
  public ApiCaller with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new ApiCaller(port, all);
  }

  /** The JSON of an answer. */
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

  /** Without a body. */
  public HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send("POST", path, null);
  }

  public HttpResponse<String> post(String path, Object body)
      throws IOException, InterruptedException {
    return send("POST", path, body);
  }

  /** Without a body. */
  public HttpResponse<String> put(String path) throws IOException, InterruptedException {
    return send("PUT", path, null);
  }

  public HttpResponse<String> put(String path, Object body)
      throws IOException, InterruptedException {
    return send("PUT", path, body);
  }

  public HttpResponse<String> patch(String path, Object body)
      throws IOException, InterruptedException {
    return send("PATCH", path, body);
  }

  /**
   * @param body a text is JSON already; all else is made JSON
   */
  private HttpResponse<String> send(String method, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
    headers.forEach(request::header);
    @Nullable String json = body == null ? null : text(body);
    BodyPublisher publisher = BodyPublishers.noBody();
    if (json != null) {
      publisher = BodyPublishers.ofString(json);
      request.header("Content-Type", "application/json");
    }
    HttpResponse<String> answer =
        HTTP.send(request.method(method, publisher).build(), BodyHandlers.ofString());
    OpenApiCheck.of(port).check(ApiExchange.of(answer, json));
    return answer;
  }

  private static String text(Object body) {
    return body instanceof String json ? json : JsonMapper.shared().writeValueAsString(body);
  }
}
