package io.bluetick.session.registration;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.bluetick.session.registration.VerificationSettings.Webhook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands codes to a service of the operator:
 *
 * <pre>
 * POST url
 * Bluetick-Delivery: an id, the same for each try, so that none is sent twice
 * Bluetick-Signature: t=UNIX_SECONDS,v1=HMAC-SHA256 (hex) by the secret over "UNIX_SECONDS.BODY"
 * {"number": "+4915112345678", "code": "123456", "transport": "sms", "language": "de",
 *  "expiresInS": 900}
 * </pre>
 *
 * 2xx means that it sends the code, 422 that the number cannot be reached by this transport. All
 * else is a failure of its own or of ours, never the caller's; it is tried again after 5xx and when
 * no answer comes.
 */
final class WebhookSender implements VerificationSender {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
  private static final String ALGORITHM = "HmacSHA256";
  private static final int UNREACHABLE = 422;
  private static final long ANSWER_LIMIT_BYTES = 64 * 1024;
  private static final String ADVICE = "The code could not be sent; try again later.";

  private final Webhook settings;
  private final JsonMapper json;
  private final Clock clock;
  private final HttpClient http;
  private final Semaphore concurrent;

  WebhookSender(Webhook settings, JsonMapper json, Clock clock) {
    this.settings = settings;
    this.json = json;
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(settings.connectTimeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.concurrent = new Semaphore(settings.concurrent());
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Body(
      String number, String code, String transport, @Nullable String language, long expiresInS) {}

  @Override
  public Outcome send(Code code) {
    if (!concurrent.tryAcquire()) {
      return failed("too_many_calls");
    }
    try {
      byte[] body =
          json.writeValueAsBytes(
              new Body(
                  code.number().e164(),
                  code.digits(),
                  code.transport().name().toLowerCase(Locale.ROOT),
                  code.language().orElse(null),
                  code.lives().toSeconds()));
      return send(body, UUID.randomUUID().toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    } finally {
      concurrent.release();
    }
  }

  private Outcome send(byte[] body, String delivery) throws InterruptedException {
    String reason = "";
    for (int tried = 0; tried < settings.tries(); tried++) {
      if (tried > 0) {
        Thread.sleep(settings.pause()); // The caller waits for the outcome, on a virtual thread.
      }
      try {
        int status = status(request(body, delivery));
        if (status >= 200 && status < 300) {
          return new Outcome.Sent();
        }
        if (status == UNREACHABLE) {
          return new Outcome.Unreachable();
        }
        reason = "status_" + status;
        if (status < 500) {
          break;
        }
      } catch (ExecutionException e) {
        reason = String.valueOf(e.getCause()).replaceAll("[: ].*", "");
      } catch (TimeoutException _) {
        reason = "timeout";
      }
    }
    return failed(reason);
  }

  /** The whole answer must be here in time; what it says beside its status is not kept. */
  private int status(HttpRequest request)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<HttpResponse<Void>> answer =
        http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.discarding(), ANSWER_LIMIT_BYTES));
    try {
      return answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode();
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(byte[] body, String delivery) {
    long now = clock.instant().getEpochSecond();
    return HttpRequest.newBuilder(URI.create(settings.url()))
        .header("Content-Type", "application/json")
        .header("Bluetick-Delivery", delivery)
        .header("Bluetick-Signature", "t=%d,v1=%s".formatted(now, signature(now, body)))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private String signature(long now, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(settings.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((now + ".").getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
    }
  }

  /** Neither the body nor the answer: both may hold the number. */
  private static Outcome failed(String reason) {
    LOG.warn("event=verification_webhook_failed reason={}", reason);
    return new Outcome.Failed(reason, ADVICE);
  }
}
