package io.bluetick.bench.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionOpened;
import io.bluetick.protocol.v1.SessionRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers as session-service does to what the benchmark asks, and knows nothing. */
public final class FakeSessionService implements AutoCloseable {
  public static final String INTERNAL_SECRET = "internal";

  private static final Map<String, Object> BUNDLES =
      Map.of("devices", List.of(Map.of("device", 0, "ecOneTime", Map.of("id", 1))));

  private static final String ACCOUNT = "00112233445566778899aabbccddeeff";

  private final Path log;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final AtomicInteger last = new AtomicInteger();

  /**
   * @param log where codes are written to
   */
  public FakeSessionService(Path log) throws IOException {
    this.log = log;
    Files.createFile(log);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How often something was asked for. */
  public int asked(String path) {
    return asked.getOrDefault(path, 0);
  }

  /** From now on answers 429 there. */
  public void refuse(String path) {
    refused.add(path);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      asked.merge(path, 1, Integer::sum);
      byte[] body = exchange.getRequestBody().readAllBytes();
      int status = refused.contains(path) ? 429 : 200;
      byte[] answer =
          status == 200 ? answer(exchange, path, body) : json(Map.of("code", "rate-limited"));
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private byte[] answer(HttpExchange exchange, String path, byte[] body) throws IOException {
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    int number = last.incrementAndGet();
    if (path.endsWith("/code")) {
      show(path.split("/", -1)[4]);
    }
    return switch (path) {
      case "/v1/registration/sessions" -> json(Map.of("session", "%032x".formatted(number)));
      case "/v1/registration" -> json(Map.of("refreshToken", "first"));
      case "/v1/tokens/refresh" ->
          json(Map.of("accessToken", "access", "refreshToken", "next" + number));
      case "/v1/keys/bundles" -> json(authorization.equals("Bearer access") ? BUNDLES : Map.of());
      case "/internal/v1/sessions" ->
          authorization.equals("Internal " + INTERNAL_SECRET) ? opened(body) : new byte[0];
      default -> verified(body);
    };
  }

  /** Whatever is neither: a code that is asked for or shown. */
  private static byte[] verified(byte[] body) {
    JsonNode code = JsonMapper.shared().readTree(body).path("code");
    return code.isMissingNode() || code.asString().equals("123456")
        ? json(Map.of("account", ACCOUNT, "nextListVersion", 1))
        : json(Map.of());
  }

  private static byte[] opened(byte[] body) throws IOException {
    SessionAnswers.Builder answers = SessionAnswers.newBuilder();
    SessionRequests.parseFrom(body)
        .getRequestsList()
        .forEach(_ ->
            answers.addAnswers(
                SessionAnswer.newBuilder().setOpened(SessionOpened.newBuilder().setEpoch(1))));
    return answers.build().toByteArray();
  }

  private synchronized void show(String session) {
    try {
      Files.writeString(
          log,
          "{\"message\":\"event=dev_code code=123456 session=" + session + "\"}\n",
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] json(Object value) {
    return JsonMapper.shared().writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
  }
}
