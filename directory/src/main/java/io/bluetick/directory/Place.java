package io.bluetick.directory;

import java.util.regex.Pattern;

/**
 * Where a connection is.
 *
 * @param node the gateway
 * @param connection its number there; all 64 bits count
 */
public record Place(String node, long connection) {
  private static final Pattern NODE = Pattern.compile("[a-z0-9-]{1,63}");

  public Place {
    if (!NODE.matcher(node).matches()) {
      throw new IllegalArgumentException("no gateway has such a name");
    }
  }
}
