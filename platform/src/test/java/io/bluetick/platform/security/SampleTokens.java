package io.bluetick.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.bluetick.platform.security.TestIssuer.SigningKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Tokens of our issuer and of an OpenID provider: good ones, and every kind of bad one. */
final class SampleTokens {
  static final TestIssuer OURS = new TestIssuer();
  static final TestIssuer OIDC = new TestIssuer();
  static final String OIDC_ISSUER = "https://login.example/realms/staff";

  private static final SigningKey KEY = SigningKey.of("k1");
  private static final RSAKey RSA;
  private static final ECKey EC;

  static {
    try {
      RSA = new RSAKeyGenerator(2048).keyID("r1").generate();
      EC = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    // That our set also holds another kind of key must open no other algorithm.
    OURS.publishes(KEY.jwk(), RSA.toPublicJWK());
    OIDC.publishes(RSA.toPublicJWK(), EC.toPublicJWK(), KEY.jwk());
  }

  private SampleTokens() {}

  static String device() {
    return expiredFor(-600);
  }

  static String expiredFor(long seconds) {
    return KEY.sign(ours("a1", "\"dev\":0,\"reg\":7,\"exp\":" + in(-seconds)));
  }

  static String role(String role) {
    return KEY.sign(ours("anna", "\"roles\":[\"" + role + "\"],\"exp\":" + in(60)));
  }

  static String oidc(String algorithm, String roles) {
    return signed(algorithm, staff(roles, "[\"account\",\"bluetick-console\"]", in(60)));
  }

  static Stream<Arguments> bad() {
    return Stream.concat(badOfOurs(), badOfProvider());
  }

  private static Stream<Arguments> badOfOurs() {
    String good = ours("a1", "\"dev\":0,\"exp\":" + in(60));
    SigningKey other = SigningKey.of("k1");
    String unsigned = Base64URL.encode("{\"alg\":\"none\"}") + "." + Base64URL.encode(good) + ".";
    String[] parts = KEY.sign(good).split("\\.", -1);
    return Stream.of(
        Arguments.of("garbage", "garbage"),
        Arguments.of("expired", expiredFor(40)),
        Arguments.of("without an end", KEY.sign(ours("a1", "\"dev\":0"))),
        Arguments.of(
            "not valid yet",
            KEY.sign(ours("a1", "\"dev\":0,\"exp\":" + in(90) + ",\"nbf\":" + in(60)))),
        Arguments.of("by another key of this id", other.sign(good)),
        Arguments.of("by an unknown key", SigningKey.of("k2").sign(good)),
        Arguments.of("without a key's id", KEY.sign("{\"alg\":\"EdDSA\"}", good)),
        Arguments.of(
            "with a critical header",
            KEY.sign("{\"alg\":\"EdDSA\",\"kid\":\"k1\",\"crit\":[\"x\"],\"x\":1}", good)),
        Arguments.of(
            "of another type",
            KEY.sign("{\"alg\":\"EdDSA\",\"kid\":\"k1\",\"typ\":\"dpop+jwt\"}", good)),
        Arguments.of("unsigned", unsigned),
        Arguments.of("unsigned with our key's id", unsigned + parts[2]),
        Arguments.of(
            "changed",
            parts[0] + "." + Base64URL.encode(good.replace("a1", "a2")) + "." + parts[2]),
        Arguments.of("without a signature", parts[0] + "." + parts[1] + "."),
        Arguments.of("by our public key as a secret", signed("HS256", good)),
        Arguments.of("by RSA under our name", signed("RS256", good)),
        Arguments.of("of nobody", KEY.sign("{\"dev\":0,\"exp\":" + in(60) + "}")),
        Arguments.of(
            "without a subject",
            KEY.sign("{\"iss\":\"bluetick\",\"dev\":0,\"exp\":" + in(60) + "}")),
        Arguments.of("of another issuer", KEY.sign(good.replace("\"bluetick\"", "\"https://x\""))));
  }

  private static Stream<Arguments> badOfProvider() {
    return Stream.of(
        Arguments.of("of the provider without a role", oidc("RS256", "[\"staff\",\"DEVICE\"]")),
        Arguments.of(
            "of the provider for another application",
            signed("RS256", staff("[\"admin\"]", "\"wiki\"", in(60)))),
        Arguments.of(
            "of the provider, expired",
            signed("RS256", staff("[\"admin\"]", "\"bluetick-console\"", in(-60)))),
        Arguments.of("of the provider by a secret", signed("HS256", staffAdmin())));
  }

  private static String staffAdmin() {
    return staff("[\"admin\"]", "\"bluetick-console\"", in(60));
  }

  private static String ours(String subject, String more) {
    return "{\"iss\":\"bluetick\",\"sub\":\"" + subject + "\"," + more + "}";
  }

  private static String staff(String roles, String audience, long exp) {
    return "{\"iss\":\""
        + OIDC_ISSUER
        + "\",\"sub\":\"o1\",\"dev\":0,\"roles\":[\"admin\"],\"aud\":"
        + audience
        + ",\"realm_access\":{\"roles\":"
        + roles
        + "},\"exp\":"
        + exp
        + "}";
  }

  private static long in(long seconds) {
    return Instant.now().getEpochSecond() + seconds;
  }

  private static String signed(String algorithm, String claims) {
    try {
      JWSSigner signer =
          switch (algorithm) {
            case "RS256" -> new RSASSASigner(RSA);
            case "ES256" -> new ECDSASigner(EC);
            default -> new MACSigner(KEY.publicBytes());
          };
      String kid =
          switch (algorithm) {
            case "RS256" -> "r1";
            case "ES256" -> "e1";
            default -> "k1";
          };
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(kid).build(),
              JWTClaimsSet.parse(claims));
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException | ParseException e) {
      throw new AssertionError(e);
    }
  }
}
