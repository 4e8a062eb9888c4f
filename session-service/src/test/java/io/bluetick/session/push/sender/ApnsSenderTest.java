package io.bluetick.session.push.sender;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.server.RejectionReason;
import com.nimbusds.jwt.SignedJWT;
import io.bluetick.session.push.MovingClock;
import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushSamples;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.PushToken.ApnsTopic;
import io.bluetick.session.push.Wake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApnsSenderTest {
  private static final String TOKEN = "ab".repeat(32);

  private final MovingClock clock = new MovingClock();
  private final Wake urgent = PushSamples.urgent(PushSamples.device(), clock);
  private final Wake background = PushSamples.background(PushSamples.device(), clock);
  private final KeyPair signing;
  private final FakeApple apple;
  private final ApnsSender sender;

  ApnsSenderTest(@TempDir Path folder) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    signing = generator.generateKeyPair();
    Path key =
        Files.writeString(
            folder.resolve("AuthKey.p8"),
            "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                .formatted(
                    Base64.getMimeEncoder().encodeToString(signing.getPrivate().getEncoded())));
    ServerCertificate certificate = ServerCertificate.make(folder);
    apple = new FakeApple(certificate);
    ApnsSettings settings =
        new ApnsSettings(
            key,
            "KEY4567890",
            "TEAM567890",
            "org.example.bluetick",
            "localhost",
            apple.port(),
            certificate.writePem(folder),
            Duration.ofDays(28));
    sender = new ApnsSender(ApnsSender.client(settings), settings, clock);
  }

  @AfterEach
  void forget() {
    apple.forget();
  }

  @AfterAll
  void stop() {
    sender.close();
    apple.close();
  }

  @Test
  void an_urgent_wake_up_shows_a_generic_line_that_the_app_may_replace() throws Exception {
    assertThat(send(ApnsTopic.APP, urgent)).isEqualTo(new Outcome.Sent());

    FakeApple.Request request = apple.requests().getFirst();
    assertThat(request.header(":path")).isEqualTo("/3/device/" + TOKEN);
    assertThat(request.header("apns-topic")).isEqualTo("org.example.bluetick");
    assertThat(request.header("apns-push-type")).isEqualTo("alert");
    assertThat(request.header("apns-priority")).isEqualTo("10");
    assertThat(request.header("apns-collapse-id")).isEqualTo("wake");
    assertThat(request.header("apns-expiration"))
        .isEqualTo(Long.toString(clock.instant().plus(Duration.ofDays(28)).getEpochSecond()));
    assertThat(body(request))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"aps": {"alert": {"loc-key": "You may have new messages"},
                             "mutable-content": 1}}\
                    """));
  }

  @Test
  void a_background_wake_up_is_silent_and_of_low_priority() throws Exception {
    send(ApnsTopic.APP, background);
    FakeApple.Request request = apple.requests().getFirst();
    assertThat(request.header("apns-push-type")).isEqualTo("background");
    assertThat(request.header("apns-priority")).isEqualTo("5");
    assertThat(request.header("apns-collapse-id")).isEqualTo("background");
    assertThat(body(request))
        .isEqualTo(JsonMapper.shared().readTree("{\"aps\": {\"content-available\": 1}}"));
  }

  @Test
  void a_token_of_pushkit_is_woken_urgently_and_not_otherwise() throws Exception {
    send(ApnsTopic.VOIP, urgent);
    FakeApple.Request request = apple.requests().getFirst();
    assertThat(request.header("apns-push-type")).isEqualTo("voip");
    assertThat(request.header("apns-topic")).isEqualTo("org.example.bluetick.voip");

    assertThat(send(ApnsTopic.VOIP, background)).isInstanceOf(Outcome.Failed.class);
    assertThat(apple.requests()).hasSize(1);
  }

  @Test
  void it_is_signed_by_the_key_of_the_team() throws Exception {
    send(ApnsTopic.APP, urgent);
    String header = apple.requests().getFirst().header("authorization");
    SignedJWT token = SignedJWT.parse(header.replaceFirst("(?i)bearer ", ""));
    // In the encoding that Apple takes, which is not the one of JWS.
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initVerify(signing.getPublic());
    signature.update(token.getSigningInput());
    assertThat(signature.verify(token.getSignature().decode())).isTrue();
    assertThat(token.getHeader().getKeyID()).isEqualTo("KEY4567890");
    assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("TEAM567890");
  }

  @ParameterizedTest
  @EnumSource(
      value = RejectionReason.class,
      names = {"UNREGISTERED", "BAD_DEVICE_TOKEN"})
  void a_token_that_apple_does_not_know_is_gone(RejectionReason reason) throws Exception {
    apple.refuse(reason);
    assertThat(send(ApnsTopic.APP, urgent)).isEqualTo(new Outcome.TokenGone());
  }

  @Test
  void what_may_work_later_is_tried_later_and_the_rest_is_not() throws Exception {
    apple.refuse(RejectionReason.SERVICE_UNAVAILABLE);
    assertThat(send(ApnsTopic.APP, urgent))
        .isEqualTo(new Outcome.Retry(Duration.ZERO, Outcome.Cause.UNAVAILABLE));
    apple.refuse(RejectionReason.TOO_MANY_REQUESTS);
    assertThat(send(ApnsTopic.APP, urgent))
        .isEqualTo(new Outcome.Retry(Duration.ZERO, Outcome.Cause.LIMITED));
    apple.refuse(RejectionReason.TOPIC_DISALLOWED);
    assertThat(send(ApnsTopic.APP, urgent)).isEqualTo(new Outcome.Failed("TopicDisallowed"));
  }

  private static JsonNode body(FakeApple.Request request) {
    return JsonMapper.shared().readTree(request.body());
  }

  private Outcome send(ApnsTopic topic, Wake wake) throws Exception {
    return sender.send(new PushToken.Apns(TOKEN, topic), wake).toCompletableFuture().get();
  }
}
