package io.bluetick.bench.member;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionRequests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls session-service. What is not a success is an exception that names the path and the code.
 */
public final class Api {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PROTOBUF = "application/x-protobuf";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final String internalSecret;

  public Api(URI url, String internalSecret) {
    this.url = url;
    this.internalSecret = internalSecret;
  }

  /** Something that was refused. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    public Refused(String message) {
      super(message);
    }
  }

  public JsonNode get(String path, String token) throws IOException, InterruptedException {
    return get(path, "Authorization", "Bearer " + token);
  }

  /** Asks by a header other than a token. */
  JsonNode get(String path, String header, String value) throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path, "application/json");
    return JsonMapper.shared().readTree(body(request.header(header, value).GET().build()));
  }

  public JsonNode post(String path, Object body) throws IOException, InterruptedException {
    return send("POST", path, null, body);
  }

  public JsonNode post(String path, String token, Object body)
      throws IOException, InterruptedException {
    return send("POST", path, token, body);
  }

  public JsonNode put(String path, String token, Object body)
      throws IOException, InterruptedException {
    return send("PUT", path, token, body);
  }

  public SessionAnswers sessions(SessionRequests requests)
      throws IOException, InterruptedException {
    HttpRequest request =
        request("/internal/v1/sessions", PROTOBUF)
            .header("Accept", PROTOBUF)
            .header("Authorization", "Internal " + internalSecret)
            .POST(BodyPublishers.ofByteArray(requests.toByteArray()))
            .build();
    byte[] answer = body(request);
    try {
      return SessionAnswers.parseFrom(answer);
    } catch (InvalidProtocolBufferException e) {
      throw new Refused("/internal/v1/sessions answered what is no answer");
    }
  }

  private JsonNode send(String method, String path, @Nullable String token, Object body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path, "application/json");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    byte[] json = JsonMapper.shared().writeValueAsBytes(body);
    return JsonMapper.shared()
        .readTree(body(request.method(method, BodyPublishers.ofByteArray(json)).build()));
  }

  private HttpRequest.Builder request(String path, String contentType) {
    return HttpRequest.newBuilder(url.resolve(path))
        .timeout(LIMIT)
        .header("Content-Type", contentType);
  }

  private byte[] body(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() / 100 != 2) {
      throw new Refused(
          "%s answered %d %s"
              .formatted(template(request.uri()), answer.statusCode(), code(answer.body())));
    }
    return answer.body();
  }

  /** Failures of one kind count together, whatever they were about. */
  private static String template(URI asked) {
    return asked.getPath().replaceAll("/[0-9a-f]{32}(?=/|$)", "/{id}");
  }

  private static String code(byte[] problem) {
    try {
      return JsonMapper.shared().readTree(problem).path("code").asString("");
    } catch (RuntimeException _) {
      return "";
    }
  }
}
