package io.bluetick.platform.problem;

import io.micrometer.observation.Observation;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Problem documents of the servlet stack: what handlers throw, and what security refuses. */
@RestControllerAdvice
class ServletProblems implements AuthenticationEntryPoint, AccessDeniedHandler {
  private final Problems problems;
  private final BearerTokenAuthenticationEntryPoint challenge =
      new BearerTokenAuthenticationEntryPoint();

  ServletProblems(Problems problems) {
    this.problems = problems;
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Problem> thrown(Exception failure, HttpServletRequest request)
      throws Exception {
    if (failure instanceof AsyncRequestNotUsableException) {
      return null; // The caller has gone: there is nobody to tell.
    }
    if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
      throw failure; // Security knows whether this caller lacks a token or a right.
    }
    return answer(Refusal.of(failure), failure, request);
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException {
    challenge.commence(request, response, failure);
    write(Refusal.of(failure), failure, request, response);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
      throws IOException {
    write(Refusal.of(failure), failure, request, response);
  }

  ResponseEntity<Problem> answer(
      Refusal refusal, @Nullable Throwable failure, HttpServletRequest request) {
    HttpHeaders headers = new HttpHeaders(refusal.headers());
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return ResponseEntity.status(refusal.code().httpStatus())
        .headers(headers)
        .body(document(refusal, failure, request));
  }

  private void write(
      Refusal refusal, Throwable failure, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = problems.bytes(document(refusal, failure, request));
    response.setStatus(refusal.code().httpStatus());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private Problem document(
      Refusal refusal, @Nullable Throwable failure, HttpServletRequest request) {
    Observation.ContextView observed =
        ServerHttpObservationFilter.findObservationContext(request).orElse(null);
    return problems.report(refusal, failure, path(request), observed);
  }

  /** An error dispatch has a path of its own; the caller knows the one it asked for. */
  private static String path(HttpServletRequest request) {
    Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return asked instanceof String uri ? uri : request.getRequestURI();
  }
}
