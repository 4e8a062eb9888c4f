package io.bluetick.session.push.sender;

import io.bluetick.session.push.Outcome;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What the answers of all HTTP services have in common. */
final class Answers {
  private static final int TOO_MANY = 429;
  private static final int OWN_FAULT = 500;

  private Answers() {}

  /** Sent, or to be tried again; empty if it is for the provider's own rules to say. */
  static Optional<Outcome> common(HttpResponse<?> answer, Clock clock) {
    int status = answer.statusCode();
    if (status >= 200 && status < 300) {
      return Optional.of(new Outcome.Sent());
    }
    if (status == TOO_MANY) {
      return Optional.of(new Outcome.Retry(retryAfter(answer, clock), Outcome.Cause.LIMITED));
    }
    return status >= OWN_FAULT
        ? Optional.of(new Outcome.Retry(retryAfter(answer, clock), Outcome.Cause.UNAVAILABLE))
        : Optional.empty();
  }

  /** In seconds, or as a date; zero if it is neither. */
  private static Duration retryAfter(HttpResponse<?> answer, Clock clock) {
    String value = answer.headers().firstValue("Retry-After").orElse("0").strip();
    try {
      if (value.matches("[0-9]{1,9}")) {
        return Duration.ofSeconds(Long.parseLong(value));
      }
      Instant until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(clock.instant(), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException _) {
      return Duration.ZERO;
    }
  }
}
