package io.bluetick.gateway.edge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The services behind the gateway and the paths that lead to each: the one place that says so.
 *
 * <p>A path means the same here and in the service; nothing is rewritten on the way. Only what
 * stands here is carried, so nothing else of a service can be reached, whatever it offers.
 */
public enum Upstream {
  SESSION(
      "/v1/registration",
      "/v1/accounts",
      "/v1/devices",
      "/v1/keys",
      "/v1/tokens",
      "/v1/push",
      "/v1/turn",
      "/v1/linking",
      "/.well-known/jwks.json"),
  MESSAGE("/v1/messages"),
  PRESENCE("/v1/presence"),
  MEDIA("/v1/media"),
  USER("/v1/profiles", "/v1/contacts", "/v1/blocks", "/v1/groups", "/v1/privacy");

  private static final String ADMIN = "/v1/admin/";

  @SuppressWarnings(
      "ImmutableEnumChecker") // The list itself is immutable; its type does not say so.
  private final List<String> roots;

  Upstream(String... own) {
    roots = Stream.concat(Arrays.stream(own), Stream.of(ADMIN + label())).toList();
  }

  /** The service's short name, as settings, metrics and documents call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The service that a path leads to, if any. */
  public static Optional<Upstream> of(String path) {
    return Arrays.stream(values()).filter(upstream -> upstream.takes(path)).findFirst();
  }

  /** Whether a path leads to this service: one of its roots, or something below. */
  public boolean takes(String path) {
    return roots.stream().anyMatch(root -> isAtOrBelow(path, root));
  }

  static boolean isAdmin(String path) {
    return path.startsWith(ADMIN);
  }

  static boolean isAtOrBelow(String path, String root) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }
}
