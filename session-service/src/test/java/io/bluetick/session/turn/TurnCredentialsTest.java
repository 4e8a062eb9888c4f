package io.bluetick.session.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TurnCredentialsTest {
  private static final String SECRET = "a secret that coturn has";
  private static final String URI = "turn:turn.example.org";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2029-12-31T12:00:00Z"), ZoneOffset.UTC);

  /**
   * The password is what openssl says of the username: dgst -sha1 -hmac SECRET -binary | base64.
   */
  @Test
  void a_credential_is_what_the_server_computes_itself() {
    TurnCredential credential = with(List.of(SECRET), new Counting()).make();
    assertThat(credential)
        .isEqualTo(
            new TurnCredential(
                "1893456000:000102030405060708090a0b0c0d0e0f",
                "qdvt2AdXusLnRDaD9cpBZRjOw9g=",
                43200,
                List.of(URI)));
  }

  @Test
  void the_first_of_two_secrets_signs() {
    TurnCredential credential =
        with(List.of(SECRET, "another secret, the old one"), new Counting()).make();
    assertThat(credential.password()).isEqualTo("qdvt2AdXusLnRDaD9cpBZRjOw9g=");
  }

  @Test
  void no_two_credentials_have_anything_but_their_end_in_common() {
    TurnCredentials credentials = with(List.of(SECRET), new SecureRandom());
    String one = credentials.make().username();
    String other = credentials.make().username();
    assertThat(one).matches("1893456000:[0-9a-f]{32}").isNotEqualTo(other);
  }

  @Test
  void without_a_server_there_are_none() {
    TurnSettings none = new TurnSettings(List.of(), List.of(), Duration.ofHours(1));
    TurnCredentials credentials = new TurnCredentials(none, CLOCK, new Counting());
    assertThatThrownBy(credentials::make)
        .isInstanceOfSatisfying(
            BluetickException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.UNAVAILABLE))
        .hasMessageContaining("no relay");
  }

  @Test
  void neither_secrets_nor_passwords_are_printed() {
    TurnSettings settings = settings(List.of(SECRET));
    assertThat(settings.toString()).contains(URI).doesNotContain(SECRET);
    TurnCredential credential = with(List.of(SECRET), new Counting()).make();
    assertThat(credential.toString()).doesNotContain(credential.password());
  }

  private static TurnCredentials with(List<String> secrets, RandomGenerator random) {
    return new TurnCredentials(settings(secrets), CLOCK, random);
  }

  private static TurnSettings settings(List<String> secrets) {
    return new TurnSettings(secrets, List.of(URI), Duration.ofHours(12));
  }

  /** 0, 1, 2 and so on. */
  private static final class Counting implements RandomGenerator {
    @Override
    public long nextLong() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) i;
      }
    }
  }
}
