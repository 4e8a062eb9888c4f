package io.bluetick.session.push.sender;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushKind;
import io.bluetick.session.push.PushSender;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.Urgency;
import io.bluetick.session.push.Wake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends data messages by FCM's HTTP v1 interface; the app decides what it shows. */
final class FcmSender implements PushSender {
  static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

  /** Of an answer; those of FCM have some hundred bytes. */
  private static final long ANSWER_LIMIT_BYTES = 16_384;

  private final URI target;
  private final String ttl;
  private final GoogleCredentials credentials;
  private final HttpClient http;
  private final Clock clock;
  private final JsonMapper json = JsonMapper.shared();

  FcmSender(
      String project,
      FcmSettings settings,
      GoogleCredentials credentials,
      HttpClient http,
      Clock clock) {
    this.target = settings.base().resolve("/v1/projects/" + project + "/messages:send");
    this.ttl = settings.ttl().toSeconds() + "s";
    this.credentials = credentials;
    this.http = http;
    this.clock = clock;
  }

  @Override
  public PushKind kind() {
    return PushKind.FCM;
  }

  @Override
  public CompletionStage<Outcome> send(PushToken token, Wake wake) {
    if (!(token instanceof PushToken.Fcm(String registration))) {
      return CompletableFuture.completedStage(new Outcome.Failed("not an FCM token"));
    }
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Authorization", "Bearer " + accessToken())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    json.writeValueAsBytes(message(registration, wake.urgency()))))
            .build();
    return http.sendAsync(
            request, BodyHandlers.limiting(BodyHandlers.ofString(), ANSWER_LIMIT_BYTES))
        .thenApply(this::outcome);
  }

  /** Waits for Google only once an hour; otherwise it is remembered. */
  private String accessToken() {
    try {
      credentials.refreshIfExpired();
      AccessToken token = credentials.getAccessToken();
      if (token == null) {
        throw new IOException("no access token");
      }
      return token.getTokenValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Object> message(String registration, Urgency urgency) {
    Map<String, String> data =
        switch (urgency) {
          case URGENT -> Map.of("wake", "1");
          case BACKGROUND -> Map.of("wake", "background");
        };
    Map<String, String> android =
        switch (urgency) {
          case URGENT -> Map.of("priority", "HIGH", "collapse_key", "wake", "ttl", ttl);
          case BACKGROUND -> Map.of("priority", "NORMAL", "collapse_key", "background", "ttl", ttl);
        };
    return Map.of("message", Map.of("token", registration, "data", data, "android", android));
  }

  private Outcome outcome(HttpResponse<String> answer) {
    return Answers.common(answer, clock).orElseGet(() -> refusal(answer));
  }

  private Outcome refusal(HttpResponse<String> answer) {
    JsonNode error;
    try {
      error = json.readTree(answer.body()).path("error");
    } catch (JacksonException _) {
      return new Outcome.Failed("status " + answer.statusCode());
    }
    String status = error.path("status").asString("");
    // A wrong address or project answers 404 too, but not like this; it must not cost all tokens.
    boolean isUnknown = answer.statusCode() == 404 && status.equals("NOT_FOUND");
    return isUnknown || names(error, "errorCode", "UNREGISTERED") || isAboutToken(error, status)
        ? new Outcome.TokenGone()
        : new Outcome.Failed("status " + answer.statusCode() + " " + status);
  }

  /** A message of ours that FCM finds wrong in another place says nothing about the token. */
  private static boolean isAboutToken(JsonNode error, String status) {
    if (!status.equals("INVALID_ARGUMENT")) {
      return false;
    }
    for (JsonNode detail : error.path("details")) {
      for (JsonNode violation : detail.path("fieldViolations")) {
        if (violation.path("field").asString("").equals("message.token")) {
          return true;
        }
      }
    }
    return error.path("message").asString("").contains("registration token");
  }

  private static boolean names(JsonNode error, String field, String value) {
    for (JsonNode detail : error.path("details")) {
      if (detail.path(field).asString("").equals(value)) {
        return true;
      }
    }
    return false;
  }
}
