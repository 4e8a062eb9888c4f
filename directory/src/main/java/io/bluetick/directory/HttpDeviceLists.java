package io.bluetick.directory;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceListsAnswer;
import io.bluetick.protocol.v1.DeviceListsRequest;
import io.bluetick.protocol.v1.KnownDevices;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks session-service, for many accounts at a time. */
public final class HttpDeviceLists implements DeviceLists {
  /** Accounts in one request; session-service refuses more. */
  static final int MAX_ASKED = 1_000;

  /** Far more than so many lists of five devices have. */
  private static final int MAX_ANSWER_BYTES = 1 << 20;

  private static final String PATH = "/internal/v1/devices";
  private static final String PROTOBUF = "application/x-protobuf";

  private final HttpClient http;
  private final URI url;
  private final String secret;
  private final Duration timeout;

  /**
   * A port to session-service.
   *
   * @param sessionService scheme, host and port
   * @param secret that internal callers share
   */
  public HttpDeviceLists(HttpClient http, URI sessionService, String secret, Duration timeout) {
    this.http = http;
    this.url = sessionService.resolve(PATH);
    this.secret = secret;
    this.timeout = timeout;
  }

  @Override
  public CompletionStage<Map<AccountId, KnownDevices>> load(Collection<AccountId> accounts) {
    List<AccountId> all = List.copyOf(accounts);
    CompletableFuture<Map<AccountId, KnownDevices>> loaded =
        CompletableFuture.completedFuture(new HashMap<>());
    for (int from = 0; from < all.size(); from += MAX_ASKED) {
      List<AccountId> some = all.subList(from, Math.min(all.size(), from + MAX_ASKED));
      loaded =
          loaded.thenCompose(before -> ask(some).thenApply(lists -> with(before, some, lists)));
    }
    return Answers.typed(loaded);
  }

  private CompletableFuture<List<KnownDevices>> ask(List<AccountId> accounts) {
    DeviceListsRequest.Builder asked = DeviceListsRequest.newBuilder();
    accounts.forEach(account -> asked.addAccounts(account.bytes()));
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(timeout)
            .header("Authorization", "Internal " + secret)
            .header("Content-Type", PROTOBUF)
            .header("Accept", PROTOBUF)
            .POST(HttpRequest.BodyPublishers.ofByteArray(asked.build().toByteArray()))
            .build();
    return http.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), MAX_ANSWER_BYTES))
        .thenApply(HttpDeviceLists::lists);
  }

  private static List<KnownDevices> lists(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new IllegalStateException("session-service answered " + response.statusCode());
    }
    try {
      return DeviceListsAnswer.parseFrom(response.body()).getAccountsList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("session-service answered what is no answer", e);
    }
  }

  private static Map<AccountId, KnownDevices> with(
      Map<AccountId, KnownDevices> before, List<AccountId> asked, List<KnownDevices> lists) {
    if (lists.size() != asked.size()) {
      throw new IllegalStateException(
          "session-service answered " + lists.size() + " lists for " + asked.size());
    }
    for (int i = 0; i < asked.size(); i++) {
      before.put(asked.get(i), lists.get(i));
    }
    return before;
  }
}
