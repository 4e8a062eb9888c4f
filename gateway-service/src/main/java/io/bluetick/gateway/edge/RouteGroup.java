package io.bluetick.gateway.edge;

import java.util.Locale;

/** What requests are limited and counted by: few enough to be a label of a metric. */
public enum RouteGroup {
  /** Needs no token, so it is limited by where it comes from. */
  OPEN,
  SESSION,
  MESSAGE,
  PRESENCE,
  MEDIA,
  USER,
  ADMIN,
  /** The gateway's own answers, and whatever leads nowhere. */
  OTHER,
  /** Health and metrics; never limited. */
  PROBE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RouteGroup of(String path) {
    if (OpenPaths.isProbe(path)) {
      return PROBE;
    }
    if (OpenPaths.isOpen(path)) {
      return OPEN;
    }
    if (Upstream.isAdmin(path)) {
      return ADMIN;
    }
    return Upstream.of(path).map(RouteGroup::of).orElse(OTHER);
  }

  private static RouteGroup of(Upstream upstream) {
    return switch (upstream) {
      case SESSION -> SESSION;
      case MESSAGE -> MESSAGE;
      case PRESENCE -> PRESENCE;
      case MEDIA -> MEDIA;
      case USER -> USER;
    };
  }
}
