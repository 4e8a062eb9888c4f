package io.bluetick.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** One request to the gateway, as any client makes it. */
public final class Call {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final HttpRequest.Builder request;

  private Call(int port, String path) {
    request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  public static Call to(int port, String path) {
    return new Call(port, path);
  }

  /** With the token of this account. */
  public Call as(String account) {
    return with("Authorization", "Bearer " + Accounts.tokenOf(account));
  }

  public Call with(String header, String value) {
    request.header(header, value);
    return this;
  }

  public HttpResponse<String> get() throws IOException, InterruptedException {
    return HTTP.send(request.GET().build(), BodyHandlers.ofString());
  }

  public CompletableFuture<HttpResponse<String>> getLater() {
    return HTTP.sendAsync(request.GET().build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> post(BodyPublisher body) throws IOException, InterruptedException {
    return HTTP.send(
        request.header("Content-Type", "application/json").POST(body).build(),
        BodyHandlers.ofString());
  }

  public HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return post(BodyPublishers.ofString(body));
  }

  public HttpResponse<String> options() throws IOException, InterruptedException {
    return HTTP.send(
        request.method("OPTIONS", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }
}
