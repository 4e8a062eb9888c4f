package io.bluetick.session.registration;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How phone numbers are verified.
 *
 * @param sender who brings codes to phones
 * @param lives a session, from its beginning or its last code
 * @param usable a session, once it is verified
 */
@Validated
@ConfigurationProperties("bluetick.verification")
record VerificationSettings(
    @DefaultValue("none") @NotNull Sender sender,
    @DefaultValue("15m") @NotNull Duration lives,
    @DefaultValue("30m") @NotNull Duration usable,
    @DefaultValue @NotNull @Valid Codes codes,
    @DefaultValue @NotNull @Valid Guesses guesses,
    @DefaultValue @NotNull @Valid Webhook webhook,
    @DefaultValue @NotNull @Valid Dev dev,
    @DefaultValue @NotNull @Valid Sweep sweep) {

  /** The kinds of senders. */
  enum Sender {
    /** Codes are kept in memory and logged: for development. */
    DEV,
    WEBHOOK,
    /** No code can be sent. */
    NONE
  }

  /**
   * What is sent.
   *
   * @param delays before the first code of a session, the second, and so on; there are no more
   * @param perDay codes that one number gets in 24 hours, over all sessions
   * @param failures of the sender after which a session is void
   * @param failuresPerDay of the sender after which a number gets no codes, in 24 hours
   * @param afterFailure what must pass before the next try
   */
  record Codes(
      @DefaultValue({"0s", "60s", "180s", "600s", "600s"}) @NotEmpty List<@NotNull Duration> delays,
      @DefaultValue("10") @Positive int perDay,
      @DefaultValue("5") @Positive int failures,
      @DefaultValue("30") @Positive int failuresPerDay,
      @DefaultValue("10s") @NotNull Duration afterFailure) {

    int perSession() {
      return delays.size();
    }
  }

  /**
   * What is typed in.
   *
   * @param perCode wrong ones, after which the code is void
   * @param perSession wrong ones, after which the session is void
   * @param delays after the first wrong one, the second, and so on; the last goes on
   */
  record Guesses(
      @DefaultValue("5") @Positive int perCode,
      @DefaultValue("15") @Positive int perSession,
      @DefaultValue({"1s", "2s", "5s", "10s", "30s"}) @NotEmpty List<@NotNull Duration> delays) {

    Duration delayAfter(int wrong) {
      return Delays.after(delays, wrong);
    }
  }

  /**
   * A service of the operator that sends what it is told.
   *
   * @param url https, or http on this machine
   * @param secret by which it knows us: at least 32 characters
   * @param connectTimeout to reach it
   * @param timeout of one try
   * @param tries in all, while it does not answer or says 5xx
   * @param pause between two tries
   * @param concurrent calls under way; more are refused
   */
  record Webhook(
      @DefaultValue("") @NotNull String url,
      @DefaultValue("") @NotNull String secret,
      @DefaultValue("2s") @NotNull Duration connectTimeout,
      @DefaultValue("5s") @NotNull Duration timeout,
      @DefaultValue("2") @Positive int tries,
      @DefaultValue("250ms") @NotNull Duration pause,
      @DefaultValue("64") @Positive int concurrent) {
    private static final int SECRET_LENGTH = 32;
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

    boolean isComplete() {
      return isProtected() && secret.length() >= SECRET_LENGTH;
    }

    private boolean isProtected() {
      try {
        URI target = URI.create(url);
        String scheme = String.valueOf(target.getScheme());
        return target.getHost() != null
            && (scheme.equals("https")
                || (scheme.equals("http") && THIS_MACHINE.contains(target.getHost())));
      } catch (IllegalArgumentException _) {
        return false;
      }
    }

    /** Without the secret. */
    @Override
    public String toString() {
      return "Webhook[" + url + "]";
    }
  }

  /**
   * What development keeps in memory.
   *
   * @param codes the newest; older ones are forgotten
   */
  record Dev(@DefaultValue("1000") @Positive int codes) {}

  /**
   * How the expired is deleted.
   *
   * @param every how often
   * @param batch rows that are deleted at a time
   * @param batches that one sweep deletes at most
   */
  record Sweep(
      @DefaultValue("1m") @NotNull Duration every,
      @DefaultValue("1000") @Positive int batch,
      @DefaultValue("20") @PositiveOrZero int batches) {}

  @AssertTrue(
      message = "the sender 'webhook' needs an https URL and a secret of at least 32 characters")
  boolean isSenderComplete() {
    return sender != Sender.WEBHOOK || webhook.isComplete();
  }
}
