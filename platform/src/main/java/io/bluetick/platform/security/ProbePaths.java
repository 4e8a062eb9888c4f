package io.bluetick.platform.security;

import org.springframework.http.HttpMethod;

/**
 * What every service answers without a token: what probes and scrapers ask, on the one port of the
 * service. They tell up or down and numbers, no contents; the ingress does not route them.
 */
final class ProbePaths {
  static final OpenTo OPEN =
      OpenTo.of(
          HttpMethod.GET,
          "/livez",
          "/readyz",
          "/actuator/health",
          "/actuator/health/**",
          "/actuator/prometheus");

  private ProbePaths() {}
}
