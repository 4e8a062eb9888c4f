package io.bluetick.app.command;

import com.sun.net.httpserver.HttpServer;
import io.bluetick.client.rest.Api;
import io.bluetick.client.rest.ApiException;
import io.bluetick.client.rest.ApiSettings;
import io.bluetick.client.rest.ServerApi;
import io.bluetick.protocol.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What the SDK throws when a server refuses, or is not there. */
final class ServerTrouble {

  private ServerTrouble() {}

  /** By a server that says no in this way. */
  static ApiException refused(ErrorCode code) {
    byte[] problem =
        "{\"code\":\"%s\",\"detail\":\"Because.\"}"
            .formatted(code.slug())
            .getBytes(StandardCharsets.UTF_8);
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
            exchange.sendResponseHeaders(code.httpStatus(), problem.length);
            exchange.getResponseBody().write(problem);
            exchange.close();
          });
      server.start();
      try {
        return failure(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
      } finally {
        server.stop(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ApiException unreachable() {
    return failure(URI.create("http://127.0.0.1:9"));
  }

  private static ApiException failure(URI server) {
    try (Api api = new Api(ApiSettings.of(server))) {
      throw new AssertionError("there was an answer: " + new ServerApi(api).read());
    } catch (ApiException e) {
      return e;
    }
  }
}
