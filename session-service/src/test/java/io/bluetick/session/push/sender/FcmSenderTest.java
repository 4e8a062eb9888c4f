package io.bluetick.session.push.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.oauth2.ServiceAccountCredentials;
import io.bluetick.session.push.MovingClock;
import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushSamples;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.Wake;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FcmSenderTest {
  private final FakeProvider google = new FakeProvider();
  private final MovingClock clock = new MovingClock();
  private final Wake urgent = PushSamples.urgent(PushSamples.device(), clock);
  private final Wake background = PushSamples.background(PushSamples.device(), clock);
  private final FcmSender sender;

  FcmSenderTest(@TempDir Path folder) throws Exception {
    Path file = ServiceAccount.write(folder, google);
    try (InputStream key = Files.newInputStream(file)) {
      sender =
          new FcmSender(
              ServiceAccount.PROJECT,
              new FcmSettings(file, "", URI.create(google.url("")), Duration.ofDays(28)),
              ServiceAccountCredentials.fromStream(key).createScoped(List.of(FcmSender.SCOPE)),
              HttpClient.newHttpClient(),
              clock);
    }
  }

  @AfterEach
  void stop() {
    google.close();
  }

  @Test
  void an_urgent_wake_up_is_a_data_message_of_high_priority() throws Exception {
    assertThat(send(urgent)).isEqualTo(new Outcome.Sent());

    FakeProvider.Request request = google.requests(ServiceAccount.SEND).getFirst();
    assertThat(request.header("Authorization")).contains("Bearer ya29.fake");
    JsonNode message = JsonMapper.shared().readTree(request.body()).path("message");
    assertThat(message)
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"token": "fcm-token", "data": {"wake": "1"},
                     "android": {"priority": "HIGH", "collapse_key": "wake", "ttl": "2419200s"}}\
                    """));
  }

  @Test
  void a_background_wake_up_is_of_normal_priority() throws Exception {
    send(background);
    assertThat(google.requests(ServiceAccount.SEND).getFirst().text())
        .contains("\"wake\":\"background\"", "\"NORMAL\"", "\"collapse_key\":\"background\"");
  }

  @Test
  void the_access_token_is_asked_for_once_and_for_messaging_only() throws Exception {
    send(urgent);
    send(urgent);
    assertThat(google.requests(ServiceAccount.TOKEN)).hasSize(1);
    assertThat(google.requests(ServiceAccount.TOKEN).getFirst().text()).contains("assertion=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error': {'code': 404, 'status': 'NOT_FOUND',"
            + " 'message': 'Requested entity was not found.',"
            + " 'details': [{'errorCode': 'UNREGISTERED'}]}}",
        "{'error': {'code': 404, 'status': 'NOT_FOUND'}}"
      })
  void a_token_that_is_unregistered_is_gone(String body) throws Exception {
    google.answer(ServiceAccount.SEND, 404, body.replace('\'', '"'));
    assertThat(send(urgent)).isEqualTo(new Outcome.TokenGone());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'error': {'code': 400, 'status': 'INVALID_ARGUMENT', 'message':"
            + " 'The registration token is not a valid FCM registration token'}}",
        "{'error': {'code': 400, 'status': 'INVALID_ARGUMENT', 'details':"
            + " [{'fieldViolations': [{'field': 'message.token'}]}]}}"
      })
  void a_token_that_is_none_is_gone(String body) throws Exception {
    google.answer(ServiceAccount.SEND, 400, body.replace('\'', '"'));
    assertThat(send(urgent)).isEqualTo(new Outcome.TokenGone());
  }

  @Test
  void a_mistake_of_ours_costs_no_token() throws Exception {
    google.answer(
        ServiceAccount.SEND,
        400,
        "{\"error\":{\"status\":\"INVALID_ARGUMENT\",\"message\":\"ttl\",\"details\":"
            + "[{\"fieldViolations\":[{\"field\":\"message.android.ttl\"}]}]}}");
    assertThat(send(urgent)).isEqualTo(new Outcome.Failed("status 400 INVALID_ARGUMENT"));

    google.answer(ServiceAccount.SEND, 404, "<html>Not here</html>");
    assertThat(send(urgent)).isEqualTo(new Outcome.Failed("status 404"));
  }

  @Test
  void google_is_not_asked_again_before_it_wishes() throws Exception {
    google.answer(ServiceAccount.SEND, 429, "{}", Map.of("Retry-After", "17"));
    assertThat(send(urgent))
        .isEqualTo(new Outcome.Retry(Duration.ofSeconds(17), Outcome.Cause.LIMITED));
    google.answer(
        ServiceAccount.SEND, 503, "{}", Map.of("Retry-After", "Thu, 01 Jan 2026 00:01:00 GMT"));
    assertThat(send(urgent))
        .isEqualTo(new Outcome.Retry(Duration.ofMinutes(1), Outcome.Cause.UNAVAILABLE));
    google.answer(ServiceAccount.SEND, 500, "oops", Map.of("Retry-After", "soon"));
    assertThat(send(urgent)).isEqualTo(new Outcome.Retry(Duration.ZERO, Outcome.Cause.UNAVAILABLE));
  }

  @Test
  void without_an_access_token_nothing_is_sent() {
    google.answer(ServiceAccount.TOKEN, 401, "{\"error\":\"invalid_grant\"}");
    assertThatThrownBy(() -> send(urgent)).isInstanceOf(UncheckedIOException.class);
    assertThat(google.requests(ServiceAccount.SEND)).isEmpty();
  }

  private Outcome send(Wake wake) throws InterruptedException, ExecutionException {
    return sender.send(new PushToken.Fcm("fcm-token"), wake).toCompletableFuture().get();
  }
}
