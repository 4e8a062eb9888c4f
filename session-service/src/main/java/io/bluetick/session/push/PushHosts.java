package io.bluetick.session.push;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which servers a browser's subscription may make us call. A browser names the address itself, so
 * without a list of known push services anybody could let us knock at any door.
 */
public final class PushHosts {
  private static final int HTTPS_PORT = 443;

  /** An address: the last part of a name is never a number. */
  private static final Pattern LITERAL =
      Pattern.compile("\\[.*|(?:.*\\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\\.?");

  private final List<String> listed;
  private final Set<String> mayBePrivate;

  /**
   * @param listed {@code host} or {@code host:port}, with {@code *.} in front for all below it
   * @param mayBePrivate hosts that need no public address
   */
  public PushHosts(List<String> listed, Set<String> mayBePrivate) {
    this.listed = List.copyOf(listed);
    this.mayBePrivate = Set.copyOf(mayBePrivate);
  }

  /** Whether a subscription may name it: by https, by name, and on the list. */
  boolean mayBeRegistered(URI endpoint) {
    String host = endpoint.getHost();
    return "https".equals(endpoint.getScheme())
        && host != null
        && !LITERAL.matcher(host).matches()
        && !host.equalsIgnoreCase("localhost")
        && endpoint.getRawUserInfo() == null
        && endpoint.getRawFragment() == null
        && entry(endpoint).isPresent();
  }

  /** What on the list permits it. */
  public Optional<String> entry(URI endpoint) {
    String host = endpoint.getHost();
    if (host == null) {
      return Optional.empty();
    }
    int port = endpoint.getPort();
    String asked = port < 0 || port == HTTPS_PORT ? host : host + ":" + port;
    return listed.stream().filter(entry -> matches(entry, asked)).findFirst();
  }

  /**
   * Whether it may be called now: what its name leads to is public. Asked before each call, because
   * a name may lead elsewhere tomorrow. It is looked up once more for the call itself; that window
   * is open only to whoever answers for the names on the list.
   */
  public boolean mayBeCalled(URI endpoint) throws UnknownHostException {
    if (entry(endpoint).isEmpty()) {
      return false;
    }
    if (mayBePrivate.contains(endpoint.getHost())) {
      return true;
    }
    for (InetAddress address : InetAddress.getAllByName(endpoint.getHost())) {
      if (!isPublic(address)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String entry, String asked) {
    return entry.startsWith("*.")
        ? asked.length() >= entry.length()
            && asked.regionMatches(
                true, asked.length() - entry.length() + 1, entry, 1, entry.length() - 1)
        : asked.equalsIgnoreCase(entry);
  }

  static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    int first = address.getAddress()[0] & 0xff;
    int second = address.getAddress()[1] & 0xff;
    if (address instanceof Inet4Address) {
      return first != 0
          && first < 240 // Reserved, and broadcast.
          && !(first == 100 && (second & 0xc0) == 64) // Of carriers.
          && !(first == 192 && second == 0)
          && !(first == 198 && (second & 0xfe) == 18);
    }
    return (first & 0xe0) == 0x20 // Unicast that is routed; not unique local, not mapped.
        && !(first == 0x20 && second == 0x02); // 6to4 wraps any IPv4 address.
  }
}
