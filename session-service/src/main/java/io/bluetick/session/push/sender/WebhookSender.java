package io.bluetick.session.push.sender;

import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushKind;
import io.bluetick.session.push.PushSender;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.Wake;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.CompletionStage;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Posts wake-ups to a gateway that knows devices by their addresses; no token leaves by it. */
final class WebhookSender implements PushSender {
  static final String SIGNATURE = "Bluetick-Signature";
  private static final String ALGORITHM = "HmacSHA256";

  private final WebhookSettings settings;
  private final SecretKeySpec key;
  private final HttpClient http;
  private final Clock clock;
  private final JsonMapper json = JsonMapper.shared();

  /** What is posted. */
  record Body(String account, int device, String priority) {}

  WebhookSender(WebhookSettings settings, HttpClient http, Clock clock) {
    this.settings = settings;
    this.key = new SecretKeySpec(settings.secret().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    this.http = http;
    this.clock = clock;
  }

  @Override
  public PushKind kind() {
    return PushKind.WEBHOOK;
  }

  @Override
  public CompletionStage<Outcome> send(PushToken token, Wake wake) {
    byte[] body =
        json.writeValueAsBytes(
            new Body(
                wake.device().account().toString(),
                wake.device().device(),
                wake.urgency().label()));
    HttpRequest request =
        HttpRequest.newBuilder(settings.url())
            .header("Content-Type", "application/json")
            .header(SIGNATURE, "sha256=" + signature(body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenApply(answer ->
            Answers.common(answer, clock)
                .orElseGet(() -> new Outcome.Failed("status " + answer.statusCode())));
  }

  private String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
    }
  }
}
