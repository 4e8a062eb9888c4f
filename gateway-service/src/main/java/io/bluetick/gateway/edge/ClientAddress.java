package io.bluetick.gateway.edge;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Who calls, as far as addresses tell. What a client says about itself counts for nothing: of
 * X-Forwarded-For only the entries that our own proxies added are read, from the right.
 */
public final class ClientAddress {
  static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final int IPV6_NETWORK_BYTES = 8;
  private static final String UNKNOWN = "unknown";

  private final int trustedProxies;

  ClientAddress(EdgeSettings settings) {
    this.trustedProxies = settings.trustedProxies();
  }

  /** The address as text, never a name. */
  public String of(ServerHttpRequest request) {
    List<String> forwarded =
        request.getHeaders().getOrEmpty(FORWARDED_FOR).stream()
            .flatMap(header -> Arrays.stream(header.split(",")))
            .map(String::strip)
            .toList();
    int index = forwarded.size() - trustedProxies;
    if (trustedProxies > 0 && index >= 0 && bytes(forwarded.get(index)) != null) {
      return forwarded.get(index);
    }
    InetSocketAddress socket = request.getRemoteAddress();
    InetAddress address = socket == null ? null : socket.getAddress();
    return address == null ? UNKNOWN : NetUtil.toAddressString(address);
  }

  /** Whose requests are counted together: an IPv4 address, or an IPv6 network of 64 bits. */
  public String networkOf(ServerHttpRequest request) {
    String address = of(request);
    byte[] bytes = bytes(address);
    if (bytes == null || bytes.length <= Integer.BYTES) {
      return address;
    }
    Arrays.fill(bytes, IPV6_NETWORK_BYTES, bytes.length, (byte) 0);
    return NetUtil.bytesToIpAddress(bytes) + "/64";
  }

  private static byte @Nullable [] bytes(String address) {
    return NetUtil.createByteArrayFromIpAddressString(address);
  }
}
