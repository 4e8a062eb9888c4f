package io.bluetick.testkit.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** What every error must look like, whoever made it. */
public final class Problems {

  private Problems() {}

  /** The answer is a whole problem document (RFC 9457) with this status and code. */
  public static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(answer.body())
        .contains("\"type\":\"urn:bluetick:error:" + code + "\"")
        .contains("\"status\":" + status)
        .contains("\"code\":\"" + code + "\"")
        .contains("\"title\":\"", "\"detail\":\"", "\"retryable\":")
        .doesNotContain("Exception");
  }
}
