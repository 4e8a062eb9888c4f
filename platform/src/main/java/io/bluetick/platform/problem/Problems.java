package io.bluetick.platform.problem;

import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns failures into problem documents, and is the one place where they are logged and counted.
 * Our own failures (5xx) are logged with their cause, the caller's (4xx) only counted: a log that
 * any stranger can fill is of no use. Ids in a path are told to the caller and not logged: some are
 * secrets of those who know them.
 */
class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  /** Longer than any word of a path of ours. */
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{20,}");

  private final JsonMapper json;
  private final MeterRegistry meters;

  Problems(JsonMapper json, MeterRegistry meters) {
    this.json = json;
    this.meters = meters;
  }

  Problem report(
      Refusal refusal,
      @Nullable Throwable cause,
      @Nullable String instance,
      Observation.@Nullable ContextView request) {
    ErrorCode code = refusal.code();
    meters.counter("bluetick.errors", "code", code.slug()).increment();
    if (code.httpStatus() >= 500) {
      log.atError()
          .addKeyValue("code", code.slug())
          .addKeyValue("path", instance == null ? null : ID.matcher(instance).replaceAll("{id}"))
          .setCause(cause)
          .log("request_failed");
    } else {
      log.atDebug().addKeyValue("code", code.slug()).setCause(cause).log("request_refused");
    }
    return Problem.of(refusal, instance, trace(request));
  }

  byte[] bytes(Problem problem) {
    return json.writeValueAsBytes(problem);
  }

  /**
   * From the observation and not from the current span: an error page and a refused token are
   * written outside the span's scope.
   */
  private static @Nullable String trace(Observation.@Nullable ContextView request) {
    TracingContext tracing = request == null ? null : request.get(TracingContext.class);
    return tracing == null || tracing.getSpan() == null
        ? null
        : tracing.getSpan().context().traceId();
  }
}
