package io.bluetick.session.push.sender;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.key.PublicKeySources;
import io.bluetick.session.push.MovingClock;
import io.bluetick.session.push.Outcome;
import io.bluetick.session.push.PushHosts;
import io.bluetick.session.push.PushSamples;
import io.bluetick.session.push.PushToken;
import io.bluetick.session.push.Wake;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebSenderTest {
  private static final String PATH = "/push/subscription-1";

  private final FakeProvider provider = new FakeProvider();
  private final FakeBrowser browser = new FakeBrowser();
  private final MovingClock clock = new MovingClock();
  private final Wake urgent = PushSamples.urgent(PushSamples.device(), clock);
  private final VAPIDKeyPair keys;

  WebSenderTest(@TempDir Path folder) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
    Path file = folder.resolve("vapid.pem");
    Files.writeString(
        file,
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(key)));
    keys = VapidKeys.read(file);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private WebSender sender(Set<String> privateHosts) {
    return new WebSender(
        keys,
        new WebSettings(Path.of(""), "mailto:push@example.org", Duration.ofDays(28)),
        new PushHosts(List.of("127.0.0.1:" + provider.port()), privateHosts),
        HttpClient.newHttpClient(),
        clock);
  }

  @Test
  void a_browser_can_read_it_and_nobody_else() throws Exception {
    assertThat(send(urgent)).isEqualTo(new Outcome.Sent());
    FakeProvider.Request request = provider.requests(PATH).getFirst();
    assertThat(request.header("Content-encoding")).contains("aes128gcm");
    assertThat(browser.decrypt(request.body())).isEqualTo("{\"wake\":\"1\"}");
    assertThat(request.text()).doesNotContain("wake");
  }

  @Test
  void urgency_topic_and_life_are_told() throws Exception {
    send(urgent);
    send(PushSamples.background(urgent.device(), clock));
    assertThat(provider.requests(PATH))
        .satisfiesExactly(
            request -> {
              assertThat(request.header("Urgency")).contains("high");
              assertThat(request.header("Topic")).contains("urgent");
              assertThat(request.header("Ttl")).contains("2419200");
            },
            request -> {
              assertThat(request.header("Urgency")).contains("low");
              assertThat(request.header("Topic")).contains("background");
              assertThat(browser.decrypt(request.body())).isEqualTo("{\"wake\":\"background\"}");
            });
  }

  @Test
  void it_is_signed_by_the_key_that_browsers_are_told() throws Exception {
    send(urgent);
    String header = provider.requests(PATH).getFirst().header("Authorization").orElseThrow();
    Matcher parts = Pattern.compile("vapid t=([^,]+), ?k=(.+)").matcher(header);
    assertThat(parts.matches()).as(header).isTrue();
    byte[] told = keys.extractPublicKeyInUncompressedForm();
    assertThat(Base64.getUrlDecoder().decode(parts.group(2))).isEqualTo(told);

    SignedJWT signature = SignedJWT.parse(parts.group(1));
    ECKey key =
        new ECKey.Builder(Curve.P_256, PublicKeySources.ofUncompressedBytes(told).extract())
            .build();
    assertThat(signature.verify(new ECDSAVerifier(key))).isTrue();
    JWTClaimsSet claims = signature.getJWTClaimsSet();
    assertThat(claims.getAudience()).containsExactly("http://127.0.0.1:" + provider.port());
    assertThat(claims.getSubject()).isEqualTo("mailto:push@example.org");
    assertThat(claims.getExpirationTime())
        .isEqualTo(Date.from(clock.instant().plus(Duration.ofHours(12))));
  }

  @Test
  void a_subscription_that_ended_is_gone() throws Exception {
    provider.answer(PATH, 410, "");
    assertThat(send(urgent)).isEqualTo(new Outcome.TokenGone());
    provider.answer(PATH, 404, "");
    assertThat(send(urgent)).isEqualTo(new Outcome.TokenGone());
  }

  @Test
  void a_push_service_is_not_asked_again_before_it_wishes() throws Exception {
    provider.answer(PATH, 429, "", Map.of("Retry-After", "60"));
    assertThat(send(urgent))
        .isEqualTo(new Outcome.Retry(Duration.ofMinutes(1), Outcome.Cause.LIMITED));
  }

  @Test
  void a_private_address_is_not_called_even_if_its_name_is_listed() throws Exception {
    assertThat(sender(Set.of()).send(token(), urgent).toCompletableFuture().get())
        .isInstanceOf(Outcome.Failed.class);
    assertThat(provider.requests(PATH)).isEmpty();
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    provider.answer(PATH, 307, "", Map.of("Location", provider.url("/elsewhere")));
    assertThat(send(urgent)).isEqualTo(new Outcome.Failed("status 307"));
    assertThat(provider.requests("/elsewhere")).isEmpty();
  }

  private PushToken token() {
    return new PushToken.Web(provider.url(PATH), browser.p256dh(), browser.auth());
  }

  private Outcome send(Wake wake) throws Exception {
    return sender(Set.of("127.0.0.1")).send(token(), wake).toCompletableFuture().get();
  }
}
