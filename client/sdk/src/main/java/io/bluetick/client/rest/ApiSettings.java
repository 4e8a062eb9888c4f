package io.bluetick.client.rest;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where the server is, and how long and how much is borne with it.
 *
 * @param server scheme, host and port: {@code https}, or {@code http} within a network of one's own
 * @param userAgent what this client calls itself
 * @param connectTimeout for the connection alone, TLS included
 * @param callTimeout for a whole call, from the connection to the last byte of the answer; a call
 *     that asks the server to wait has that much more
 * @param requestLimitBytes of a body; the server's edge takes no more than this
 * @param answerLimitBytes of a body
 */
public record ApiSettings(
    URI server,
    String userAgent,
    Duration connectTimeout,
    Duration callTimeout,
    int requestLimitBytes,
    int answerLimitBytes) {

  public static final String USER_AGENT = "bluetick-sdk/0.1";
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** The edge gives a request up after thirty seconds, and should have the time to say so. */
  public static final Duration CALL_TIMEOUT = Duration.ofSeconds(35);

  public static final int REQUEST_LIMIT_BYTES = 256 * 1024;
  public static final int ANSWER_LIMIT_BYTES = 1024 * 1024;

  private static final Pattern AGENT = Pattern.compile("[ -~]{1,128}");

  /** Throws {@link IllegalArgumentException} for what no call could be made with. */
  public ApiSettings {
    require("http".equals(server.getScheme()) || "https".equals(server.getScheme()), "a scheme");
    require(server.getHost() != null && server.getRawUserInfo() == null, "a host, and no user");
    require(server.getRawPath().isEmpty() || server.getRawPath().equals("/"), "no path");
    require(server.getRawQuery() == null && server.getRawFragment() == null, "no query");
    require(AGENT.matcher(userAgent).matches(), "a user agent of printable ASCII");
    require(connectTimeout.isPositive() && callTimeout.isPositive(), "timeouts");
    require(requestLimitBytes > 0 && answerLimitBytes > 0, "limits");
  }

  public static ApiSettings of(URI server) {
    return new ApiSettings(
        server, USER_AGENT, CONNECT_TIMEOUT, CALL_TIMEOUT, REQUEST_LIMIT_BYTES, ANSWER_LIMIT_BYTES);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("the settings of a server need " + what);
    }
  }
}
