package io.bluetick.session.push.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.session.push.MovingClock;
import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushSamples;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.Wake;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
  private static final String SECRET = "a secret of sixteen";

  private final FakeProvider gateway = new FakeProvider();
  private final MovingClock clock = new MovingClock();
  private final WebhookSender sender =
      new WebhookSender(
          new WebhookSettings(URI.create(gateway.url("/wake")), SECRET),
          HttpClient.newHttpClient(),
          clock);
  private final Wake wake = PushSamples.background(PushSamples.device(), clock);

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void a_wake_up_is_posted_and_signed() throws Exception {
    assertThat(send()).isEqualTo(new Outcome.Sent());

    FakeProvider.Request request = gateway.requests("/wake").getFirst();
    assertThat(request.text())
        .isEqualTo(
            "{\"account\":\"%s\",\"device\":%d,\"priority\":\"background\"}"
                .formatted(wake.device().account(), wake.device().device()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    assertThat(request.header("Bluetick-signature"))
        .contains("sha256=" + HexFormat.of().formatHex(mac.doFinal(request.body())));
  }

  @Test
  void a_gateway_that_is_not_well_is_tried_again_and_a_refusal_is_not() throws Exception {
    gateway.answer("/wake", 503, "", Map.of("Retry-After", "3"));
    assertThat(send())
        .isEqualTo(new Outcome.Retry(Duration.ofSeconds(3), Outcome.Cause.UNAVAILABLE));
    gateway.answer("/wake", 403, "");
    assertThat(send()).isEqualTo(new Outcome.Failed("status 403"));
  }

  private Outcome send() throws Exception {
    return sender.send(new PushToken.None(), wake).toCompletableFuture().get();
  }
}
