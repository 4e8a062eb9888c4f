package io.bluetick.session.push.sender;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.ApnsClientBuilder;
import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.auth.ApnsSigningKey;
import com.eatthepath.pushy.apns.util.SimpleApnsPayloadBuilder;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushKind;
import io.bluetick.session.push.PushSender;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.PushToken.ApnsTopic;
import io.bluetick.session.push.Urgency;
import io.bluetick.session.push.Wake;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sends by APNs. An urgent push shows a generic line, which the app may replace by what it then
 * fetches; if the app does not know the line in the person's language, it is shown in English.
 */
final class ApnsSender implements PushSender, AutoCloseable {
  static final String ALERT = "You may have new messages";

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final int TOO_MANY = 429;
  private static final int OWN_FAULT = 500;
  private static final Set<String> GONE = Set.of("Unregistered", "BadDeviceToken", "ExpiredToken");

  private final ApnsClient client;
  private final String topic;
  private final Duration ttl;
  private final Clock clock;

  ApnsSender(ApnsClient client, ApnsSettings settings, Clock clock) {
    this.client = client;
    this.topic = settings.topic();
    this.ttl = settings.ttl();
    this.clock = clock;
  }

  static ApnsClient client(ApnsSettings settings) throws IOException, GeneralSecurityException {
    ApnsClientBuilder builder =
        new ApnsClientBuilder()
            .setApnsServer(settings.host(), settings.port())
            .setConnectionTimeout(CONNECT_LIMIT)
            .setSigningKey(
                ApnsSigningKey.loadFromPkcs8File(
                    settings.keyFile().toFile(), settings.teamId(), settings.keyId()));
    if (settings.trustedCertificates() != null) {
      builder.setTrustedServerCertificateChain(settings.trustedCertificates().toFile());
    }
    return builder.build();
  }

  @Override
  public PushKind kind() {
    return PushKind.APNS;
  }

  @Override
  public CompletionStage<Outcome> send(PushToken token, Wake wake) {
    if (!(token instanceof PushToken.Apns(String device, ApnsTopic of))) {
      return CompletableFuture.completedStage(new Outcome.Failed("not an APNs token"));
    }
    return switch (of) {
      case APP -> send(notification(device, wake.urgency()));
      case VOIP ->
          switch (wake.urgency()) {
            case URGENT -> send(call(device));
            case BACKGROUND ->
                CompletableFuture.completedStage(
                    new Outcome.Failed("a token of PushKit is for urgent wake-ups"));
          };
    };
  }

  private CompletionStage<Outcome> send(SimpleApnsPushNotification notification) {
    return client.sendNotification(notification).thenApply(ApnsSender::outcome);
  }

  private SimpleApnsPushNotification notification(String device, Urgency urgency) {
    Instant expiry = clock.instant().plus(ttl);
    return switch (urgency) {
      case URGENT ->
          new SimpleApnsPushNotification(
              device,
              topic,
              new SimpleApnsPayloadBuilder()
                  .setLocalizedAlertMessage(ALERT)
                  .setMutableContent(true)
                  .build(),
              expiry,
              DeliveryPriority.IMMEDIATE,
              PushType.ALERT,
              "wake");
      case BACKGROUND ->
          new SimpleApnsPushNotification(
              device,
              topic,
              new SimpleApnsPayloadBuilder().setContentAvailable(true).build(),
              expiry,
              DeliveryPriority.CONSERVE_POWER, // Apple refuses background pushes of another one.
              PushType.BACKGROUND,
              "background");
    };
  }

  private SimpleApnsPushNotification call(String device) {
    return new SimpleApnsPushNotification(
        device,
        topic + ".voip",
        new SimpleApnsPayloadBuilder().build(),
        clock.instant().plus(ttl),
        DeliveryPriority.IMMEDIATE,
        PushType.VOIP,
        "wake");
  }

  private static Outcome outcome(PushNotificationResponse<? extends ApnsPushNotification> answer) {
    if (answer.isAccepted()) {
      return new Outcome.Sent();
    }
    String reason = answer.getRejectionReason().orElse("status " + answer.getStatusCode());
    if (GONE.contains(reason)) {
      return new Outcome.TokenGone();
    }
    if (answer.getStatusCode() == TOO_MANY) {
      return new Outcome.Retry(Duration.ZERO, Outcome.Cause.LIMITED);
    }
    return answer.getStatusCode() >= OWN_FAULT
        ? new Outcome.Retry(Duration.ZERO, Outcome.Cause.UNAVAILABLE)
        : new Outcome.Failed(reason);
  }

  @Override
  public void close() {
    client.close().join();
  }
}
