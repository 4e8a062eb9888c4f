package io.bluetick.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.bluetick.devstack.system.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A service behind the gateway: notes what reaches it and answers as it is told. */
public final class FakeService implements AutoCloseable {

  /** What reached it. */
  public record Seen(String method, String uri, Headers headers, int bodyBytes) {}

  private final int port = Ports.free(1)[0];
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private volatile HttpHandler answer = answering(200, "application/json", "{}", Map.of());
  private @Nullable HttpServer server;

  public static FakeService started() {
    FakeService service = new FakeService();
    service.start();
    return service;
  }

  /** One that refuses connections until it is started. */
  public static FakeService stopped() {
    return new FakeService();
  }

  private FakeService() {}

  public synchronized void start() {
    try {
      HttpServer started =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      started.createContext("/", this::handle);
      started.start();
      server = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    seen.add(
        new Seen(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            exchange.getRequestBody().readAllBytes().length));
    answer.handle(exchange);
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public Queue<Seen> seen() {
    return seen;
  }

  public void answers(int status, String type, String body, Map<String, String> headers) {
    answer = answering(status, type, body, headers);
  }

  public void answers(HttpHandler handler) {
    answer = handler;
  }

  /** Forgets what it saw and answers an empty object again. */
  public void reset() {
    seen.clear();
    answers(200, "application/json", "{}", Map.of());
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  private static HttpHandler answering(
      int status, String type, String body, Map<String, String> headers) {
    return exchange -> answer(exchange, status, type, body, headers);
  }

  private static void answer(
      HttpExchange exchange, int status, String type, String body, Map<String, String> headers)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
