package io.bluetick.client.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bluetick.client.media.Media;
import io.bluetick.client.rest.AccessTokens;
import io.bluetick.client.rest.Api;
import io.bluetick.client.rest.ApiSettings;
import io.bluetick.client.rest.MediaApi;
import io.bluetick.client.rest.RefreshTokenStore;
import io.bluetick.client.rest.TokenApi;
import io.bluetick.client.store.ProfileFolder;
import io.bluetick.protocol.ErrorCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server of grants and the store behind it in one, with troubles. */
final class FakeMedia implements AutoCloseable {
  private static final Pattern BLOB = Pattern.compile("\"blob\":\"([^\"]+)\"");

  final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  final AtomicInteger uploads = new AtomicInteger();

  /** Of this many bytes nothing is taken for now. */
  volatile long refusedBytes;

  /** What the next uploads are answered with, instead of being granted. */
  final Deque<Integer> troubles = new ArrayDeque<>();

  private final HttpServer http;
  private final AtomicInteger names = new AtomicInteger();

  FakeMedia() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::answer);
    http.start();
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  /** What somebody sends and fetches files with. */
  Media at(Engine engine, ProfileFolder folder) {
    Api api = new Api(ApiSettings.of(uri()));
    AccessTokens tokens = new AccessTokens(new TokenApi(api), new Refresh(), Clock.systemUTC());
    return new Media(engine, new MediaApi(api, tokens), HttpClient.newHttpClient(), folder);
  }

  private static final class Refresh implements RefreshTokenStore {
    @Override
    public String load() {
      return "btr_first";
    }

    @Override
    public void save(String refreshToken) {}
  }

  byte[] blob(String name) {
    return Objects.requireNonNull(blobs.get(name));
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    switch (exchange.getRequestMethod() + " " + path.replaceAll("/blob/.*", "/blob")) {
      case "POST /v1/tokens/refresh" ->
          json(
              exchange,
              200,
              "{\"accessToken\":\"t\",\"accessExpiresInS\":600,\"refreshToken\":\"btr_next\"}");
      case "POST /v1/media/uploads" ->
          grantUpload(exchange, new String(body, StandardCharsets.UTF_8));
      case "POST /v1/media/downloads" ->
          grantDownload(exchange, new String(body, StandardCharsets.UTF_8));
      case "PUT /blob" -> {
        blobs.put(path.substring("/blob/".length()), body);
        exchange.sendResponseHeaders(200, -1);
      }
      case "GET /blob" -> {
        byte[] blob = blob(path.substring("/blob/".length()));
        exchange.sendResponseHeaders(200, blob.length);
        exchange.getResponseBody().write(blob);
      }
      default -> exchange.sendResponseHeaders(500, -1);
    }
    exchange.close();
  }

  private void grantUpload(HttpExchange exchange, String asked) throws IOException {
    uploads.incrementAndGet();
    boolean isRefused = asked.contains("\"size\":" + refusedBytes + ",");
    @Nullable Integer trouble = isRefused ? Integer.valueOf(503) : troubles.poll();
    if (trouble != null) {
      problem(exchange, trouble, code(trouble));
      return;
    }
    String name = "blob-" + names.incrementAndGet();
    json(
        exchange,
        201,
        "{\"blob\":\"%s\",\"url\":\"%s/blob/%s\",\"headers\":{\"x-a\":\"b\"},\"validForS\":60}"
            .formatted(name, uri(), name));
  }

  private void grantDownload(HttpExchange exchange, String asked) throws IOException {
    var name = BLOB.matcher(asked);
    byte @Nullable [] blob = name.find() ? blobs.get(name.group(1)) : null;
    if (blob == null) {
      problem(exchange, 404, ErrorCode.NOT_FOUND);
      return;
    }
    json(
        exchange,
        200,
        "{\"url\":\"%s/blob/%s\",\"size\":%d,\"validForS\":60}"
            .formatted(uri(), name.group(1), blob.length));
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 401 -> ErrorCode.UNAUTHENTICATED;
      case 413 -> ErrorCode.PAYLOAD_TOO_LARGE;
      default -> ErrorCode.UNAVAILABLE;
    };
  }

  private static void problem(HttpExchange exchange, int status, ErrorCode code)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
    boolean canRetry = code.retry() != ErrorCode.Retry.NEVER;
    answer(
        exchange,
        status,
        "{\"title\":\"x\",\"status\":%d,\"code\":\"%s\",\"retryable\":%s}"
            .formatted(status, code.slug(), canRetry));
  }

  private static void json(HttpExchange exchange, int status, String json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer(exchange, status, json);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
