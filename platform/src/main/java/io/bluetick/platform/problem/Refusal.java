package io.bluetick.platform.problem;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.web.ErrorResponse;

/**
 * What a caller is told about a failure. Decided here alone, for both web stacks.
 *
 * <p>The text of an exception reaches the caller only when we wrote it ({@link BluetickException})
 * or the framework wrote it for callers ({@link ErrorResponse}, 4xx). Everything else is an
 * internal error of which the caller learns the code and the trace.
 *
 * @param headers that the status demands, such as {@code Allow} with 405
 */
record Refusal(
    ErrorCode code, String detail, List<Problem.FieldError> errors, HttpHeaders headers) {

  /** As many wrong fields as a document names; a caller who has more mends these first. */
  static final int FIELD_ERROR_LIMIT = 20;

  static Refusal of(ErrorCode code) {
    return new Refusal(code, detail(code), List.of(), HttpHeaders.EMPTY);
  }

  static Refusal of(int httpStatus) {
    return of(ErrorCode.ofHttpStatus(httpStatus));
  }

  static Refusal of(Throwable failure) {
    return switch (failure) {
      case BluetickException known ->
          new Refusal(known.code(), message(known), List.of(), headers(known));
      case AuthenticationException _ -> of(ErrorCode.UNAUTHENTICATED);
      case AccessDeniedException _ -> of(ErrorCode.FORBIDDEN);
      case Errors invalid -> invalid(fields(invalid));
      case MethodValidationResult invalid when !invalid.isForReturnValue() ->
          invalid(fields(invalid));
      case ConstraintViolationException invalid -> invalid(fields(invalid));
      case ErrorResponse response -> of(response);
      case TypeMismatchException mismatch -> mismatch(mismatch);
      case HttpMessageNotReadableException _ -> of(ErrorCode.BAD_REQUEST);
      default -> of(ErrorCode.INTERNAL);
    };
  }

  private static Refusal of(ErrorResponse response) {
    ErrorCode code = ErrorCode.ofHttpStatus(response.getStatusCode().value());
    String said = response.getBody().getDetail();
    if (said == null || code.httpStatus() >= 500 || code == ErrorCode.NOT_FOUND) {
      said = detail(code);
    }
    return new Refusal(code, said, List.of(), response.getHeaders());
  }

  private static Refusal mismatch(TypeMismatchException mismatch) {
    String name = mismatch.getPropertyName();
    String detail =
        name == null ? detail(ErrorCode.BAD_REQUEST) : "'" + name + "' has a wrong form.";
    return new Refusal(ErrorCode.BAD_REQUEST, detail, List.of(), HttpHeaders.EMPTY);
  }

  private static Refusal invalid(Stream<Problem.FieldError> errors) {
    List<Problem.FieldError> first = errors.limit(FIELD_ERROR_LIMIT).toList();
    return new Refusal(ErrorCode.INVALID, detail(ErrorCode.INVALID), first, HttpHeaders.EMPTY);
  }

  private static Stream<Problem.FieldError> fields(Errors invalid) {
    return invalid.getAllErrors().stream()
        .map(error ->
            new Problem.FieldError(
                error instanceof FieldError field ? field.getField() : error.getObjectName(),
                reason(error.getDefaultMessage())));
  }

  private static Stream<Problem.FieldError> fields(MethodValidationResult invalid) {
    return invalid.getParameterValidationResults().stream()
        .flatMap(parameter ->
            parameter.getResolvableErrors().stream()
                .map(error ->
                    new Problem.FieldError(
                        error instanceof FieldError field
                            ? field.getField()
                            : String.valueOf(parameter.getMethodParameter().getParameterName()),
                        reason(error.getDefaultMessage()))));
  }

  private static Stream<Problem.FieldError> fields(ConstraintViolationException invalid) {
    return invalid.getConstraintViolations().stream()
        .map(violation ->
            new Problem.FieldError(violation.getPropertyPath().toString(), violation.getMessage()));
  }

  private static String reason(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "is not valid" : message;
  }

  /** Whole seconds, rounded up: who waits as long as told is let in. */
  private static HttpHeaders headers(BluetickException known) {
    HttpHeaders headers = new HttpHeaders();
    known
        .retryAfter()
        .ifPresent(wait ->
            headers.set(
                HttpHeaders.RETRY_AFTER, Long.toString(Math.ceilDiv(wait.toMillis(), 1000L))));
    return headers;
  }

  private static String message(BluetickException known) {
    String message = known.getMessage();
    return message == null ? detail(known.code()) : message;
  }

  private static String detail(ErrorCode code) {
    return switch (code) {
      case BAD_REQUEST -> "The request could not be understood.";
      case UNAUTHENTICATED -> "This needs a valid bearer token.";
      case FORBIDDEN -> "The token does not allow this.";
      case NOT_FOUND -> "There is nothing here.";
      case METHOD_NOT_ALLOWED -> "This cannot be done here.";
      case NOT_ACCEPTABLE -> "No answer of an acceptable media type.";
      case CONFLICT -> "The state has changed meanwhile.";
      case PAYLOAD_TOO_LARGE -> "The request is larger than is accepted.";
      case UNSUPPORTED_MEDIA_TYPE -> "The media type of the request is not understood.";
      case INVALID -> "Some fields are not valid.";
      case RATE_LIMITED -> "Too many requests; try again later.";
      case INTERNAL -> "Something failed on our side.";
      case UNAVAILABLE -> "A part that this needs does not answer; try again later.";
      case TIMED_OUT -> "This took too long; try again later.";
      case UNKNOWN_FRAME -> "A frame of this type is not known here.";
      case UNKNOWN_ALIAS -> "This alias was not defined on this connection.";
      case TOO_SLOW -> "This was waited for too long.";
      case OUT_OF_ORDER -> "This is not the time for it.";
      case REPLACED -> "A newer connection of this device took over.";
      case TOO_MANY -> "More at once than is accepted.";
      case UPGRADE_REQUIRED -> "This client is too old for this server.";
      case REFUSED_BEFORE -> "What came before it stands refused and must be sent again first.";
      case TOKEN_REUSED -> "This token was used before; all tokens of its device are revoked.";
      case SUSPENDED -> "This account is suspended.";
      case STALE_LIST -> "The device list is not the next one; read the present one first.";
      case EXPIRED -> "This has expired; begin again.";
      case WRONG_CODE -> "This is not the code.";
      case WRONG_PIN -> "This is not the PIN.";
      case BAD_SIGNATURE -> "A signature does not match.";
      case PIN_REQUIRED -> "This number is guarded by a PIN.";
    };
  }
}
