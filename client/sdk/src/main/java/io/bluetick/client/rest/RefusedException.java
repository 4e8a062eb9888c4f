package io.bluetick.client.rest;

import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server understood the call and said no, by a problem document (RFC 9457). */
public sealed class RefusedException extends ApiException permits TokensEndedException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String slug;
  private final String detail;
  private final boolean isRetryable;

  RefusedException(String operation, int status, Problem problem, @Nullable Duration retryAfter) {
    super(operation, "refused, " + problem.slug() + " (" + status + ")", retryAfter, null);
    this.status = status;
    this.slug = problem.slug();
    this.detail = problem.text();
    this.isRetryable = problem.canRetry();
  }

  RefusedException(RefusedException other) {
    super(
        other.operation(),
        "refused, " + other.slug + " (" + other.status + ")",
        other.retryAfter().orElse(null),
        other);
    this.status = other.status;
    this.slug = other.slug;
    this.detail = other.detail;
    this.isRetryable = other.isRetryable;
  }

  /** The HTTP status. */
  public final int status() {
    return status;
  }

  /** What to branch on; also where {@link #code} is empty because the server is newer. */
  public final String slug() {
    return slug;
  }

  public final Optional<ErrorCode> code() {
    return ErrorCode.ofSlug(slug);
  }

  public final boolean is(ErrorCode code) {
    return slug.equals(code.slug());
  }

  /** What the server says to a person. For a screen, not for a log: it is the server's text. */
  public final String detail() {
    return detail;
  }

  @Override
  public final boolean isRetryable() {
    return isRetryable;
  }
}
