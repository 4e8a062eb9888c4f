package io.bluetick.testkit.service;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request and what came back, as a test saw both.
 *
 * @param sent the body of the request; empty if it had none
 * @param received the body of the answer; empty if it had none
 */
record ApiExchange(
    String method,
    URI uri,
    HttpHeaders requestHeaders,
    String sent,
    int status,
    HttpHeaders answerHeaders,
    String received) {

  static ApiExchange of(HttpResponse<String> answer, @Nullable String sent) {
    HttpRequest request = answer.request();
    return new ApiExchange(
        request.method(),
        request.uri(),
        request.headers(),
        sent == null ? "" : sent,
        answer.statusCode(),
        answer.headers(),
        answer.body());
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean hasToken() {
    return requestHeaders.firstValue("Authorization").isPresent();
  }

  @Override
  public String toString() {
    return method + " " + uri.getRawPath() + " → " + status;
  }
}
