package io.bluetick.gateway.edge;

import java.util.List;

/**
 * What the edge lets through without looking at a token: what a device or an operator must reach
 * before having one, or when the one at hand is too old, and what anybody may read. The services
 * decide for themselves what they answer there.
 */
final class OpenPaths {
  private static final List<String> ROOTS =
      List.of(
          "/v1/registration",
          "/v1/linking",
          "/v1/tokens/refresh",
          "/v1/tokens/recover",
          "/v1/admin/session/login",
          "/v1/admin/session/exchange",
          "/.well-known",
          "/docs");

  /** Open by the platform's own list, to GET. */
  private static final List<String> PROBES = List.of("/actuator", "/livez", "/readyz");

  private OpenPaths() {}

  static boolean isOpen(String path) {
    return isUnder(ROOTS, path);
  }

  static boolean isProbe(String path) {
    return isUnder(PROBES, path);
  }

  private static boolean isUnder(List<String> roots, String path) {
    return roots.stream().anyMatch(root -> Upstream.isAtOrBelow(path, root));
  }
}
