package io.bluetick.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a request or a frame was refused. The slug is the contract: clients branch on it, so it never
 * changes its meaning and is never reused. Only the edge turns a code into a problem document or an
 * error frame.
 */
public enum ErrorCode {
  BAD_REQUEST("bad-request", 400, Retry.NEVER),
  UNAUTHENTICATED("unauthenticated", 401, Retry.NEVER),
  FORBIDDEN("forbidden", 403, Retry.NEVER),
  NOT_FOUND("not-found", 404, Retry.NEVER),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, Retry.NEVER),
  NOT_ACCEPTABLE("not-acceptable", 406, Retry.NEVER),
  CONFLICT("conflict", 409, Retry.NEVER),
  PAYLOAD_TOO_LARGE("payload-too-large", 413, Retry.NEVER),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, Retry.NEVER),
  INVALID("invalid", 422, Retry.NEVER),
  RATE_LIMITED("rate-limited", 429, Retry.LATER),
  INTERNAL("internal", 500, Retry.LATER),
  UNAVAILABLE("unavailable", 503, Retry.LATER),
  TIMED_OUT("timed-out", 504, Retry.LATER),

  // Of the sockets. What each does to the connection stands in docs/wire.md.
  UNKNOWN_FRAME("unknown-frame", 400, Retry.NEVER),
  UNKNOWN_ALIAS("unknown-alias", 400, Retry.NEVER),
  TOO_SLOW("too-slow", 408, Retry.LATER),
  OUT_OF_ORDER("out-of-order", 409, Retry.NEVER),
  REPLACED("replaced", 409, Retry.NEVER),
  TOO_MANY("too-many", 422, Retry.NEVER),
  UPGRADE_REQUIRED("upgrade-required", 426, Retry.NEVER),
  REFUSED_BEFORE("refused-before", 425, Retry.LATER),

  // Of accounts, devices and tokens.
  TOKEN_REUSED("token-reused", 401, Retry.NEVER),
  SUSPENDED("suspended", 403, Retry.NEVER),
  STALE_LIST("stale-list", 409, Retry.NEVER),
  EXPIRED("expired", 410, Retry.NEVER),
  WRONG_CODE("wrong-code", 422, Retry.NEVER),
  WRONG_PIN("wrong-pin", 422, Retry.NEVER),
  BAD_SIGNATURE("bad-signature", 422, Retry.NEVER),
  PIN_REQUIRED("pin-required", 423, Retry.NEVER);

  /** Whether the same request can succeed without being changed. */
  public enum Retry {
    NEVER,
    LATER
  }

  private final String slug;
  private final int httpStatus;
  private final Retry retry;

  ErrorCode(String slug, int httpStatus, Retry retry) {
    this.slug = slug;
    this.httpStatus = httpStatus;
    this.retry = retry;
  }

  public String slug() {
    return slug;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public Retry retry() {
    return retry;
  }

  /** What a socket that is closed for this reason is closed with. */
  public int closeCode() {
    return Wire.CLOSE_CODE_BASE + httpStatus;
  }

  /** The code of this slug; none if a newer version has it. */
  public static Optional<ErrorCode> ofSlug(String slug) {
    return Arrays.stream(values()).filter(code -> code.slug.equals(slug)).findFirst();
  }

  /** The general code of an HTTP status; what is unknown falls back to its class, 4xx or 5xx. */
  public static ErrorCode ofHttpStatus(int status) {
    return Arrays.stream(values())
        .filter(code -> code.httpStatus == status)
        .findFirst()
        .orElse(status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL);
  }
}
