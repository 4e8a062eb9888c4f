package io.bluetick.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.AccountId;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A device that sends and fetches files, as any client does it: S3 knows it by its URLs alone. */
public final class TestDevice {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final AccountId account;
  private final int port;
  private final ApiCaller api;

  private TestDevice(int port, AccountId account, int number) {
    this.account = account;
    this.port = port;
    this.api = new ApiCaller(port, TestTokens.device(account.toString(), number, 1));
  }

  /** The primary of a new account. */
  public static TestDevice fresh(int port) {
    return new TestDevice(port, AccountId.random(RANDOM), 0);
  }

  /** Another device of the same account. */
  public TestDevice companion() {
    return new TestDevice(port, account, 1);
  }

  public AccountId account() {
    return account;
  }

  /** Leave to upload a blob. */
  public record Grant(String blob, String url, Map<String, String> headers) {}

  /** Bytes that nobody else has. */
  public static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  public HttpResponse<String> ask(long size, byte[] sha256) throws Exception {
    return api.post(
        "/v1/media/uploads",
        Map.of("size", size, "sha256", Base64.getEncoder().encodeToString(sha256)));
  }

  public HttpResponse<String> ask(byte[] content) throws Exception {
    return ask(content.length, MessageDigest.getInstance("SHA-256").digest(content));
  }

  public Grant granted(byte[] content) throws Exception {
    HttpResponse<String> answer = ask(content);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode json = ApiCaller.json(answer);
    Map<String, String> headers = new TreeMap<>();
    json.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
    return new Grant(json.path("blob").asString(), json.path("url").asString(), headers);
  }

  /** Asks and uploads; answers the id. */
  public String upload(byte[] content) throws Exception {
    Grant grant = granted(content);
    HttpResponse<String> put = put(grant, content);
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    return grant.blob();
  }

  public static HttpResponse<String> put(Grant grant, byte[] content) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(grant.url()));
    grant.headers().forEach(request::header);
    return HTTP.send(
        request.PUT(BodyPublishers.ofByteArray(content)).build(), BodyHandlers.ofString());
  }

  public HttpResponse<String> find(String blob) throws Exception {
    return api.post("/v1/media/downloads", Map.of("blob", blob));
  }

  /** Asks and downloads. */
  public byte[] download(String blob) throws Exception {
    HttpResponse<String> answer = find(blob);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode json = ApiCaller.json(answer);
    byte[] content = get(json.path("url").asString()).body();
    assertThat(json.path("size").asLong()).isEqualTo(content.length);
    return content;
  }

  public static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray());
  }

  public HttpResponse<String> delete(String blob) throws Exception {
    return api.delete("/v1/media/blobs/" + blob);
  }
}
