package io.bluetick.client.rest;

import io.bluetick.client.rest.UnreachableException.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The connection to a server's REST API, over which the topics call. Thread-safe.
 *
 * <p>Follows no redirects, for they would carry tokens elsewhere, and repeats nothing: only who
 * asked knows what may be asked twice. HTTP/1.1, because a client that offers h2c sends its first
 * body with the offer, and a device has few calls at a time.
 *
 * <p>What Jackson or the JDK say of a value that they refuse may quote it, so such exceptions are
 * no causes of ours.
 */
public final class Api implements AutoCloseable {
  private static final String JSON = "application/json";

  private final ApiSettings settings;
  private final HttpClient http;

  public Api(ApiSettings settings) {
    this.settings = settings;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  /** Ends what is under way: it fails as unreachable. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  /** Calls and reads the answer. */
  <T> T ask(Call call, Class<T> type) {
    return read(call, answered(call), type);
  }

  /** Calls and reads the answer, if there is anything to be read. */
  <T> Optional<T> askPerhaps(Call call, Class<T> type) {
    HttpResponse<byte[]> answer = answered(call);
    return answer.statusCode() == 204 ? Optional.empty() : Optional.of(read(call, answer, type));
  }

  /** Calls; the answer says no more than that it was done. */
  void tell(Call call) {
    answered(call);
  }

  private static <T> T read(Call call, HttpResponse<byte[]> answer, Class<T> type) {
    try {
      T value = ApiJson.MAPPER.readValue(answer.body(), type);
      if (value != null) {
        return value;
      }
    } catch (JacksonException _) {
      // Falls through: no value.
    }
    throw new UnreachableException(call.operation(), answer.statusCode(), null);
  }

  private HttpResponse<byte[]> answered(Call call) {
    HttpResponse<byte[]> answer = exchange(call);
    if (answer.statusCode() / 100 != 2) {
      throw failure(call, answer);
    }
    return answer;
  }

  private static ApiException failure(Call call, HttpResponse<byte[]> answer) {
    Duration retryAfter =
        answer
            .headers()
            .firstValue("Retry-After")
            .flatMap(text -> RetryAfter.parse(text, Clock.systemUTC().instant()))
            .orElse(null);
    return problem(answer)
        .<ApiException>map(problem ->
            new RefusedException(call.operation(), answer.statusCode(), problem, retryAfter))
        .orElseGet(
            () -> new UnreachableException(call.operation(), answer.statusCode(), retryAfter));
  }

  private static Optional<Problem> problem(HttpResponse<byte[]> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() < 400
        || !type.split(";", 2)[0].strip().equalsIgnoreCase(Problem.MEDIA_TYPE)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(ApiJson.MAPPER.readValue(answer.body(), Problem.class))
          .filter(Problem::hasSlug);
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /** A timeout of the JDK's own would end with the headers, and let a body trickle for ever. */
  private HttpResponse<byte[]> exchange(Call call) {
    CompletableFuture<HttpResponse<byte[]>> pending =
        http.sendAsync(
            request(call),
            BodyHandlers.limiting(BodyHandlers.ofByteArray(), settings.answerLimitBytes()));
    try {
      return pending.get(
          settings.callTimeout().plus(call.extraTime()).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      pending.cancel(true);
      throw new UnreachableException(call.operation(), Reason.TIMED_OUT, null);
    } catch (InterruptedException _) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new UnreachableException(call.operation(), Reason.INTERRUPTED, null);
    } catch (ExecutionException e) {
      throw unreachable(call, e.getCause());
    }
  }

  private static UnreachableException unreachable(Call call, @Nullable Throwable cause) {
    if (!(cause instanceof IOException away)) {
      throw new IllegalStateException(call.operation() + " could not be made", cause);
    }
    Reason reason =
        switch (away) {
          case HttpConnectTimeoutException _ -> Reason.NOT_CONNECTED;
          case HttpTimeoutException _ -> Reason.TIMED_OUT;
          case ConnectException _ -> Reason.NOT_CONNECTED;
          case SSLException _ -> Reason.NOT_CONNECTED;
          default -> Reason.CUT_OFF;
        };
    return new UnreachableException(call.operation(), reason, away);
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(settings.server().resolve(call.path()))
            .header("User-Agent", settings.userAgent())
            .header("Accept", JSON + ", " + Problem.MEDIA_TYPE)
            .method(call.method(), body(call));
    if (call.body() != null) {
      request.header("Content-Type", JSON);
    }
    call.headers().forEach(request::header);
    return request.build();
  }

  private BodyPublisher body(Call call) {
    if (call.body() == null) {
      return BodyPublishers.noBody();
    }
    byte[] json = ApiJson.MAPPER.writeValueAsBytes(call.body());
    if (json.length > settings.requestLimitBytes()) {
      throw new IllegalArgumentException(
          call.operation() + " has " + json.length + " bytes, more than the server takes");
    }
    return BodyPublishers.ofByteArray(json);
  }
}
