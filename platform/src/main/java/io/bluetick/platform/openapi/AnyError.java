package io.bluetick.platform.openapi;

import io.bluetick.platform.problem.Problem;
import io.bluetick.protocol.ErrorCode;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/** The answer that stands for every error. */
final class AnyError {
  private AnyError() {}

  /** Adds it to those of an operation, and completes the errors that the operation describes. */
  static void addTo(ApiResponses responses) {
    responses.forEach((status, response) -> {
      if (status.startsWith("4") || status.startsWith("5")) {
        complete(response);
      }
    });
    responses.addApiResponse(
        ApiResponses.DEFAULT,
        complete(
            new ApiResponse()
                .description(
                    "Any error. Clients branch on the code; where it says retryable, the same"
                        + " request can succeed later.")));
  }

  /** Whatever an endpoint says of it: the body of an error is never that of a success. */
  private static ApiResponse complete(ApiResponse response) {
    return response
        .content(new Content().addMediaType(Problem.MEDIA_TYPE, problem()))
        .addHeaderObject(HttpHeaders.RETRY_AFTER, retryAfter());
  }

  private static Header retryAfter() {
    return new Header()
        .description("Seconds to wait, where it is known; always with 429.")
        .schema(new IntegerSchema().format(null).minimum(BigDecimal.ZERO));
  }

  private static MediaType problem() {
    String reference = Components.COMPONENTS_SCHEMAS_REF + Problem.class.getSimpleName();
    return new MediaType().schema(new Schema<>().$ref(reference)).example(example());
  }

  private static Map<String, Object> example() {
    ErrorCode code = ErrorCode.RATE_LIMITED;
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "urn:bluetick:error:" + code.slug());
    problem.put("title", "Rate limited");
    problem.put("status", code.httpStatus());
    problem.put("detail", "Too many requests; try again later.");
    problem.put("instance", "/v1/things");
    problem.put("code", code.slug());
    problem.put("retryable", true);
    problem.put("trace", "4bf92f3577b34da6a3ce929d0e0e4736");
    return problem;
  }
}
