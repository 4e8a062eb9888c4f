package io.bluetick.session.push.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.session.push.MovingClock;
import io.bluetick.session.push.PushHosts;
import io.bluetick.session.push.PushKind;
import io.bluetick.session.push.PushSender;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SenderSettingsTest {

  @EnableConfigurationProperties({
    FcmSettings.class,
    ApnsSettings.class,
    WebSettings.class,
    WebhookSettings.class
  })
  static class Settings {}

  private final ApplicationContextRunner settings =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withPropertyValues(
              "bluetick.push.fcm.service-account=a.json",
              "bluetick.push.apns.key-file=a.p8",
              "bluetick.push.apns.key-id=k",
              "bluetick.push.apns.team-id=t",
              "bluetick.push.apns.topic=org.example",
              "bluetick.push.web.key-file=w.pem",
              "bluetick.push.web.subject=mailto:a@example.org",
              "bluetick.push.webhook.url=https://example.org/wake",
              "bluetick.push.webhook.secret=0123456789abcdef");

  private final ApplicationContextRunner senders =
      new ApplicationContextRunner()
          .withUserConfiguration(SenderConfiguration.class)
          .withBean(Clock.class, MovingClock::new)
          .withBean(PushHosts.class, () -> new PushHosts(List.of(), Set.of()));

  @Test
  void what_is_not_set_is_this() {
    Duration ttl = Duration.ofDays(28);
    settings.run(context -> {
      assertThat(context.getBean(FcmSettings.class))
          .isEqualTo(
              new FcmSettings(
                  Path.of("a.json"), "", URI.create("https://fcm.googleapis.com"), ttl));
      assertThat(context.getBean(ApnsSettings.class))
          .isEqualTo(
              new ApnsSettings(
                  Path.of("a.p8"), "k", "t", "org.example", "api.push.apple.com", 443, null, ttl));
      assertThat(context.getBean(WebSettings.class))
          .isEqualTo(new WebSettings(Path.of("w.pem"), "mailto:a@example.org", ttl));
      assertThat(context.getBean(WebhookSettings.class))
          .isEqualTo(
              new WebhookSettings(URI.create("https://example.org/wake"), "0123456789abcdef"));
    });
  }

  @Test
  void the_rest_has_its_names() {
    settings
        .withPropertyValues(
            "bluetick.push.fcm.project=p",
            "bluetick.push.fcm.base=http://localhost",
            "bluetick.push.fcm.ttl=1s",
            "bluetick.push.apns.host=api.sandbox.push.apple.com",
            "bluetick.push.apns.port=2197",
            "bluetick.push.apns.trusted-certificates=ca.pem",
            "bluetick.push.apns.ttl=2s",
            "bluetick.push.web.ttl=3s")
        .run(context -> {
          assertThat(context.getBean(FcmSettings.class))
              .isEqualTo(
                  new FcmSettings(
                      Path.of("a.json"),
                      "p",
                      URI.create("http://localhost"),
                      Duration.ofSeconds(1)));
          ApnsSettings apns = context.getBean(ApnsSettings.class);
          assertThat(apns.host()).isEqualTo("api.sandbox.push.apple.com");
          assertThat(apns.port()).isEqualTo(2197);
          assertThat(apns.trustedCertificates()).isEqualTo(Path.of("ca.pem"));
          assertThat(apns.ttl()).isEqualTo(Duration.ofSeconds(2));
          assertThat(context.getBean(WebSettings.class).ttl()).isEqualTo(Duration.ofSeconds(3));
        });
  }

  @Test
  void a_secret_that_can_be_guessed_or_a_subject_nobody_can_turn_to_ends_the_start() {
    settings
        .withPropertyValues("bluetick.push.webhook.secret=short")
        .run(context -> assertThat(context).hasFailed());
    settings
        .withPropertyValues("bluetick.push.web.subject=me")
        .run(context -> assertThat(context).hasFailed());
  }

  @Test
  void without_settings_there_is_no_sender_and_no_client() {
    senders.run(context -> assertThat(context).doesNotHaveBean(PushSender.class));
  }

  @Test
  void each_is_on_by_its_settings(@TempDir Path folder) throws Exception {
    try (FakeProvider google = new FakeProvider()) {
      senders
          .withPropertyValues(
              "bluetick.push.log=true",
              "bluetick.push.webhook.url=https://example.org/wake",
              "bluetick.push.webhook.secret=0123456789abcdef",
              "bluetick.push.fcm.service-account=" + ServiceAccount.write(folder, google))
          .run(context ->
              assertThat(context.getBeansOfType(PushSender.class).values())
                  .extracting(PushSender::kind)
                  .containsExactlyInAnyOrder(PushKind.LOG, PushKind.WEBHOOK, PushKind.FCM));
    }
  }
}
