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
  SESSION("registration", "accounts", "devices", "keys", "tokens", "push", "turn", "linking"),
  MESSAGE("messages"),
  PRESENCE("presence"),
  MEDIA("media"),
  USER("profiles", "contacts", "blocks", "groups", "privacy");

  private static final String VERSION = "/v1/";
  private static final String ADMIN = VERSION + "admin/";

  @SuppressWarnings(
      "ImmutableEnumChecker") // The list itself is immutable; its type does not say so.
  private final List<String> roots;

  Upstream(String... segments) {
    roots =
        Stream.concat(
                Arrays.stream(segments).map(segment -> VERSION + segment),
                Stream.of(ADMIN + name().toLowerCase(Locale.ROOT)))
            .toList();
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
