package io.bluetick.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bluetick.protocol.ErrorCode;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457), the body of every error.
 *
 * @param type {@code urn:bluetick:error:<code>}
 * @param title the same for all errors of one code
 * @param detail what was wrong this time; never the text of an unexpected exception
 * @param instance the path that was asked for
 * @param code what clients branch on
 * @param retryable whether the same request can succeed later
 * @param trace the id to give to who runs the server; absent before tracing has begun
 * @param errors which fields were wrong; only with {@code invalid}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
  "type",
  "title",
  "status",
  "detail",
  "instance",
  "code",
  "retryable",
  "trace",
  "errors"
})
public record Problem(
    URI type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    String code,
    boolean retryable,
    @Nullable String trace,
    List<FieldError> errors) {

  /** The media type of a problem document. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One field that was refused.
   *
   * @param field the path to it within the request
   * @param reason in words
   */
  public record FieldError(String field, String reason) {}

  static Problem of(Refusal refusal, @Nullable String instance, @Nullable String trace) {
    ErrorCode code = refusal.code();
    return new Problem(
        URI.create("urn:bluetick:error:" + code.slug()),
        title(code),
        code.httpStatus(),
        refusal.detail(),
        instance,
        code.slug(),
        code.retry() == ErrorCode.Retry.LATER,
        trace,
        refusal.errors());
  }

  private static String title(ErrorCode code) {
    return switch (code) {
      case BAD_REQUEST -> "Bad request";
      case UNAUTHENTICATED -> "Not authenticated";
      case FORBIDDEN -> "Forbidden";
      case NOT_FOUND -> "Not found";
      case METHOD_NOT_ALLOWED -> "Method not allowed";
      case NOT_ACCEPTABLE -> "Not acceptable";
      case CONFLICT -> "Conflict";
      case PAYLOAD_TOO_LARGE -> "Payload too large";
      case UNSUPPORTED_MEDIA_TYPE -> "Unsupported media type";
      case INVALID -> "Invalid content";
      case RATE_LIMITED -> "Rate limited";
      case INTERNAL -> "Internal error";
      case UNAVAILABLE -> "Unavailable";
      case TIMED_OUT -> "Timed out";
      case UNKNOWN_FRAME -> "Unknown frame";
      case UNKNOWN_ALIAS -> "Unknown alias";
      case TOO_SLOW -> "Too slow";
      case OUT_OF_ORDER -> "Out of order";
      case REPLACED -> "Replaced";
      case TOO_MANY -> "Too many";
      case UPGRADE_REQUIRED -> "Upgrade required";
      case REFUSED_BEFORE -> "Refused before";
      case TOKEN_REUSED -> "Token reused";
      case SUSPENDED -> "Suspended";
      case STALE_LIST -> "Stale device list";
      case EXPIRED -> "Expired";
      case WRONG_CODE -> "Wrong code";
      case WRONG_PIN -> "Wrong PIN";
      case BAD_SIGNATURE -> "Bad signature";
      case PIN_REQUIRED -> "PIN required";
    };
  }
}
