package io.bluetick.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bluetick.protocol.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** A server that answers each path as it was told, and writes down what it was asked. */
public final class FakeServer implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Api> clients = new CopyOnWriteArrayList<>();

  /** What a request is answered with. */
  public interface Answer {
    void to(HttpExchange exchange, Asked asked) throws IOException;
  }

  /** A request that came. */
  public record Asked(String method, String path, Headers headers, String body) {
    public String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }

  public FakeServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.setExecutor(workers);
    http.createContext("/", this::handle);
    http.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  public Api api() {
    return api(Duration.ofSeconds(20));
  }

  Api api(Duration timeout) {
    Api api = new Api(new ApiSettings(uri(), "test/1", timeout, timeout, 256 * 1024, 64 * 1024));
    clients.add(api);
    return api;
  }

  /** Access tokens that never end: {@code token-1}. */
  AccessTokens tokens(Api api) {
    on("POST /v1/tokens/refresh", json(200, tokensJson("token-1", "btr_next")));
    return new AccessTokens(
        new TokenApi(api), new FakeStore("btr_first"), java.time.Clock.systemUTC());
  }

  static String tokensJson(String access, String refresh) {
    return """
    {"accessToken":"%s","accessExpiresInS":600,"refreshToken":"%s"}\
    """
        .formatted(access, refresh);
  }

  /** Answers a method and a path from now on. */
  public FakeServer on(String methodAndPath, Answer answer) {
    answers.put(methodAndPath, answer);
    return this;
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** The newest. */
  public Asked last() {
    return asked.getLast();
  }

  /** The newest request had exactly these fields, whatever their order. */
  void assertAsked(String json) {
    assertThat(JsonMapper.shared().readTree(last().body()))
        .isEqualTo(JsonMapper.shared().readTree(json));
  }

  long times(String methodAndPath) {
    return asked.stream().filter(a -> (a.method() + " " + a.path()).equals(methodAndPath)).count();
  }

  public static Answer json(int status, String body) {
    return (exchange, _) -> answer(exchange, status, "application/json", body);
  }

  static Answer nothing(int status) {
    return (exchange, _) -> exchange.sendResponseHeaders(status, -1);
  }

  public static Answer problem(ErrorCode code) {
    return (exchange, _) -> answer(exchange, code.httpStatus(), Problem.MEDIA_TYPE, text(code));
  }

  static Answer problem(ErrorCode code, String retryAfter) {
    return (exchange, _) -> {
      exchange.getResponseHeaders().set("Retry-After", retryAfter);
      answer(exchange, code.httpStatus(), Problem.MEDIA_TYPE, text(code));
    };
  }

  static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String text(ErrorCode code) {
    return """
    {"type":"urn:bluetick:error:%1$s","title":"Title","status":%2$d,"detail":"In words.",
     "instance":"/somewhere","code":"%1$s","retryable":%3$b,"trace":"0af7651916cd43dd"}\
    """
        .formatted(code.slug(), code.httpStatus(), code.retry() == ErrorCode.Retry.LATER);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Asked now =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body);
      asked.add(now);
      answers
          .getOrDefault(now.method() + " " + now.path(), problem(ErrorCode.NOT_FOUND))
          .to(exchange, now);
    }
  }

  @Override
  public void close() {
    clients.forEach(Api::close);
    http.stop(0);
    workers.shutdownNow();
  }
}
