package io.bluetick.gateway.edge;

/**
 * The order in which a request passes. Spring Security stands at -100: what comes before it also
 * meets callers without a token.
 */
public final class EdgeFilters {
  static final int COUNT = -1000;
  static final int ANSWER_HEADERS = -900;
  static final int PATHS = -800;
  static final int CORS = -700;
  static final int BODY_LIMIT = -600;

  /** After security, because it asks who calls. */
  public static final int RATE_LIMIT = -50;

  private EdgeFilters() {}
}
