package io.bluetick.session.turn;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials that a TURN server believes without asking us: the "REST API" scheme that coturn and
 * others share. The username holds when the credential ends, the password is an HMAC of it with a
 * secret that the server has too.
 *
 * <p>The server sees usernames, so they tell nothing of the account: the id in each is new.
 */
class TurnCredentials {
  private static final String HMAC = "HmacSHA1"; // The scheme's choice.
  private static final int ID_BYTES = 16;

  private final TurnSettings settings;
  private final Clock clock;
  private final RandomGenerator random;

  TurnCredentials(TurnSettings settings, Clock clock, RandomGenerator random) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /** A new one. Throws {@code unavailable} where there is no TURN server. */
  TurnCredential make() {
    if (!settings.isEnabled()) {
      throw new BluetickException(
          ErrorCode.UNAVAILABLE, "This server has no relay for calls (TURN is not configured).");
    }
    long end = clock.instant().plus(settings.ttl()).getEpochSecond();
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String username = end + ":" + HexFormat.of().formatHex(id);
    return new TurnCredential(
        username,
        password(settings.secrets().getFirst(), username),
        settings.ttl().toSeconds(),
        settings.uris());
  }

  static String password(String secret, String username) {
    try {
      Mac hmac = Mac.getInstance(HMAC);
      hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
      return Base64.getEncoder()
          .encodeToString(hmac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HMAC, e);
    }
  }
}
