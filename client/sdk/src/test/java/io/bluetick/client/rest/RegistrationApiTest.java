package io.bluetick.client.rest;

import static io.bluetick.client.rest.FakeServer.json;
import static io.bluetick.client.rest.FakeServer.problem;
import static io.bluetick.client.rest.Samples.ACCOUNT;
import static io.bluetick.client.rest.Samples.SESSION;
import static io.bluetick.client.rest.Samples.base64;
import static io.bluetick.client.rest.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.rest.RegistrationApi.Registered;
import io.bluetick.client.rest.RegistrationApi.Transport;
import io.bluetick.client.rest.RegistrationApi.Verification;
import io.bluetick.client.rest.RegistrationApi.VerifiedNumber;
import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrationApiTest {
  private static final String SESSIONS = "/v1/registration/sessions";
  private static final Instant THEN = Instant.parse("2026-11-21T10:15:00Z");

  private final FakeServer server = new FakeServer();
  private final RegistrationApi registration = new RegistrationApi(server.api());

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void verification_begins() {
    server.on("POST " + SESSIONS, json(201, verificationJson(",\"nextCodeAfterS\":0")));

    Verification begun = registration.begin("+4915112345678");

    assertThat(begun).isEqualTo(new Verification(SESSION, THEN, 0L, 5, false));
    assertThat(begun.toString()).doesNotContain(SESSION);
    server.assertAsked("{\"number\":\"+4915112345678\"}");
  }

  @Test
  void verification_is_read_and_may_have_no_codes_left() {
    server.on("GET " + SESSIONS + "/" + SESSION, json(200, verificationJson("")));

    assertThat(registration.read(SESSION).nextCodeAfterS()).isNull();
  }

  @Test
  void code_is_sent() {
    String path = "POST " + SESSIONS + "/" + SESSION + "/code";
    server.on(path, json(200, verificationJson(",\"nextCodeAfterS\":60")));

    assertThat(registration.sendCode(SESSION, Transport.SMS, null).nextCodeAfterS()).isEqualTo(60L);
    server.assertAsked("{\"transport\":\"sms\"}");
    registration.sendCode(SESSION, Transport.VOICE, "de-AT");
    server.assertAsked("{\"transport\":\"voice\",\"language\":\"de-AT\"}");
  }

  @Test
  void code_that_is_asked_for_too_early_is_refused() {
    server.on("POST " + SESSIONS + "/" + SESSION + "/code", problem(ErrorCode.RATE_LIMITED, "30"));

    assertThat(Refusals.of(() -> registration.sendCode(SESSION, Transport.SMS, null)).retryAfter())
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void code_verifies() {
    server.on(
        "POST " + SESSIONS + "/" + SESSION + "/verification",
        json(
            200,
            """
            {"verified":true,"account":"%s","nextListVersion":4,"pinRequired":true,
             "pinExpiresAfterS":604800}\
            """
                .formatted(ACCOUNT)));

    assertThat(registration.verify(SESSION, "123456"))
        .isEqualTo(new VerifiedNumber(true, ACCOUNT, 4, true, 604800L));
    server.assertAsked("{\"code\":\"123456\"}");
  }

  @Test
  void wrong_code_is_refused_with_a_wait_and_not_printed() {
    server.on(
        "POST " + SESSIONS + "/" + SESSION + "/verification", problem(ErrorCode.WRONG_CODE, "10"));

    RefusedException refused = Refusals.of(() -> registration.verify(SESSION, "654321"));

    assertThat(refused.is(ErrorCode.WRONG_CODE)).isTrue();
    assertThat(refused.isRetryable()).isFalse();
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(10));
    assertThat(refused.toString()).doesNotContain("654321").doesNotContain(SESSION);
  }

  @Test
  void device_registers() {
    server.on(
        "POST /v1/registration",
        json(
            201,
            """
            {"account":"%s","device":0,"registration":7,"listVersion":4,"refreshToken":"btr_x"}\
            """
                .formatted(ACCOUNT)));

    Registered registered = registration.register(newPrimary("2580"));

    assertThat(registered).isEqualTo(new Registered(ACCOUNT, 0, 7, 4, "btr_x"));
    assertThat(registered.toString()).doesNotContain("btr_x");
    server.assertAsked(
        """
        {"session":"%s","identityKey":"%s","noiseKey":"%s","name":"Ann's phone",
         "platform":"android","signedPreKey":%s,"lastResortKyber":%s,
         "ecOneTime":[{"id":17,"publicKey":"%s"}],"kyberOneTime":[%s],
         "signedList":%s,"pin":"2580"}\
        """
            .formatted(
                SESSION,
                base64(33, 2),
                base64(32, 1),
                Samples.signedPreKeyJson(),
                Samples.kyberJson(1),
                base64(33, 5),
                Samples.kyberJson(17),
                Samples.listJson()));
  }

  @Test
  void registration_without_a_pin_has_no_such_field() {
    server.on("POST /v1/registration", problem(ErrorCode.PIN_REQUIRED, "604800"));

    RefusedException refused = Refusals.of(() -> registration.register(newPrimary(null)));

    assertThat(refused.status()).isEqualTo(423);
    assertThat(refused.retryAfter()).contains(Duration.ofDays(7));
    assertThat(server.last().body()).doesNotContain("\"pin\"");
  }

  private static NewPrimary newPrimary(@Nullable String pin) {
    return new NewPrimary(
        SESSION,
        bytes(33, 2),
        bytes(32, 1),
        "Ann's phone",
        Platform.ANDROID,
        new KeySet(
            Samples.signedPreKey(),
            Samples.kyber(1),
            List.of(new EcKey(17, bytes(33, 5))),
            List.of(Samples.kyber(17))),
        Samples.LIST,
        pin);
  }

  private static String verificationJson(String more) {
    return "{\"session\":\"%s\",\"expiresAt\":\"%s\",\"codesLeft\":5,\"verified\":false%s}"
        .formatted(SESSION, THEN, more);
  }
}
