package io.bluetick.platform.security;

/**
 * What is answered without a token, and only to GET: what probes and scrapers ask, on the one port
 * of the service. They tell up or down and numbers, no contents; the ingress does not route them.
 */
final class OpenPaths {
  static final String[] PATTERNS = {
    "/livez", "/readyz", "/actuator/health", "/actuator/health/**", "/actuator/prometheus"
  };

  private OpenPaths() {}
}
