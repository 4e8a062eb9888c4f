package io.bluetick.client.rest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param operation its id in the server's document: the only part of it that may be printed
 * @param body to be written as JSON
 * @param extraTime how long the server was asked to wait before it answers
 */
record Call(
    String operation,
    String method,
    String path,
    @Nullable Object body,
    Map<String, String> headers,
    Duration extraTime) {

  static Call get(String operation, String path) {
    return of(operation, "GET", path, null);
  }

  static Call delete(String operation, String path) {
    return of(operation, "DELETE", path, null);
  }

  static Call post(String operation, String path, Object body) {
    return of(operation, "POST", path, body);
  }

  static Call put(String operation, String path, Object body) {
    return of(operation, "PUT", path, body);
  }

  static Call patch(String operation, String path, Object body) {
    return of(operation, "PATCH", path, body);
  }

  private static Call of(String operation, String method, String path, @Nullable Object body) {
    return new Call(operation, method, path, body, Map.of(), Duration.ZERO);
  }

  Call by(String accessToken) {
    return with("Authorization", "Bearer " + accessToken);
  }

  Call with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Call(operation, method, path, body, Map.copyOf(more), extraTime);
  }

  Call waiting(Duration longer) {
    return new Call(operation, method, path, body, headers, longer);
  }

  @Override
  public String toString() {
    return "Call[" + operation + "]";
  }
}
