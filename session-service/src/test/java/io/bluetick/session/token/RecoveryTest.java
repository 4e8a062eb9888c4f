package io.bluetick.session.token;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.Caller;
import io.bluetick.session.secret.XEdDsaSigner;
import io.bluetick.session.token.Recovery.Proof;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class RecoveryTest {
  private final SecureRandom random = new SecureRandom();
  private final XEdDsaSigner identity = XEdDsaSigner.generate(random);
  private final RefreshTokens tokens;
  private final ApiCaller http;
  private final TestDevices devices;
  private final Caller device;

  @Autowired
  RecoveryTest(RefreshTokens tokens, JdbcClient sql, @Value("${local.server.port}") int port) {
    this.tokens = tokens;
    this.http = new ApiCaller(port);
    this.devices = new TestDevices(sql);
    this.device = devices.registered(identity.publicKey33());
  }

  @Test
  void a_device_whose_tokens_have_ended_proves_its_identity_key() throws Exception {
    String stolen = tokens.issue(device.account(), 0, device.registration());
    String next = text(refresh(stolen), "refreshToken");
    refresh(next);
    assertProblem(refresh(stolen), 401, "token-reused");

    HttpResponse<String> answer = recover(signed(proof(Duration.ZERO), identity));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String access = text(answer, "accessToken");
    assertThat(http.as(access).get("/v1/devices").statusCode()).isEqualTo(200);
    assertThat(refresh(text(answer, "refreshToken")).statusCode()).isEqualTo(200);
    assertProblem(refresh(stolen), 401, "unauthenticated");
  }

  @Test
  void a_signature_counts_once() throws Exception {
    Proof proof = signed(proof(Duration.ZERO), identity);
    assertThat(recover(proof).statusCode()).isEqualTo(200);
    assertProblem(recover(proof), 409, "conflict");
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void a_signature_counts_for_five_minutes_around_its_time(long seconds) throws Exception {
    assertProblem(recover(signed(proof(Duration.ofSeconds(seconds)), identity)), 410, "expired");
  }

  @Test
  void a_clock_may_be_a_little_off() throws Exception {
    assertThat(recover(signed(proof(Duration.ofSeconds(-280)), identity)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void an_unknown_device_is_answered_as_a_wrong_signature_is() throws Exception {
    Proof good = signed(proof(Duration.ZERO), identity);
    HttpResponse<String> wrong =
        recover(signed(proof(Duration.ZERO), XEdDsaSigner.generate(random)));
    HttpResponse<String> otherDevice =
        recover(
            signed(new Proof(device.account(), 1, good.timeMs(), good.nonce(), none()), identity));
    HttpResponse<String> nobody =
        recover(
            signed(
                new Proof(AccountId.random(random), 0, good.timeMs(), good.nonce(), none()),
                identity));
    assertProblem(wrong, 422, "bad-signature");
    assertProblem(otherDevice, 422, "bad-signature");
    assertProblem(nobody, 422, "bad-signature");
    assertThat(detail(nobody)).isEqualTo(detail(wrong)).isEqualTo(detail(otherDevice));
  }

  @Test
  void a_signature_covers_all_that_is_said() throws Exception {
    Proof good = signed(proof(Duration.ZERO), identity);
    ByteString otherNonce = ByteString.copyFrom(new byte[16]);
    assertProblem(
        recover(new Proof(good.account(), 0, good.timeMs() + 1, good.nonce(), good.signature())),
        422,
        "bad-signature");
    assertProblem(
        recover(new Proof(good.account(), 0, good.timeMs(), otherNonce, good.signature())),
        422,
        "bad-signature");
  }

  @Test
  void who_is_suspended_is_told_so() throws Exception {
    devices.suspend(device);
    assertProblem(recover(signed(proof(Duration.ZERO), identity)), 403, "suspended");
  }

  @Test
  void trying_is_limited() throws Exception {
    XEdDsaSigner stranger = XEdDsaSigner.generate(random);
    for (int i = 0; i < 10; i++) {
      assertProblem(recover(signed(proof(Duration.ZERO), stranger)), 422, "bad-signature");
    }
    assertProblem(recover(signed(proof(Duration.ZERO), identity)), 429, "rate-limited");
  }

  private Proof proof(Duration off) {
    byte[] nonce = new byte[Recovery.NONCE_BYTES];
    random.nextBytes(nonce);
    long timeMs = Instant.now().plus(off).toEpochMilli();
    return new Proof(device.account(), 0, timeMs, ByteString.copyFrom(nonce), none());
  }

  private static ByteString none() {
    return ByteString.copyFrom(new byte[64]);
  }

  private static Proof signed(Proof proof, XEdDsaSigner signer) {
    return new Proof(
        proof.account(),
        proof.device(),
        proof.timeMs(),
        proof.nonce(),
        ByteString.copyFrom(signer.sign(proof.signed())));
  }

  private HttpResponse<String> recover(Proof proof) throws Exception {
    return http.post(
        "/v1/tokens/recover",
        Map.of(
            "account",
            proof.account().toString(),
            "device",
            proof.device(),
            "timeMs",
            proof.timeMs(),
            "nonce",
            Base64.getEncoder().encodeToString(proof.nonce().toByteArray()),
            "signature",
            Base64.getEncoder().encodeToString(proof.signature().toByteArray())));
  }

  private HttpResponse<String> refresh(String token) throws Exception {
    return http.post("/v1/tokens/refresh", Map.of("refreshToken", token));
  }

  private static String text(HttpResponse<String> answer, String field) {
    return ApiCaller.json(answer).get(field).asString();
  }

  private static String detail(HttpResponse<String> answer) {
    return text(answer, "detail");
  }
}
