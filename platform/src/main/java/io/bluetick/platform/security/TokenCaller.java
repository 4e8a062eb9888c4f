package io.bluetick.platform.security;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * The device that asks, as its token says. A parameter of this type makes an endpoint one for
 * devices alone. A device that was unlinked, or whose account was suspended, has a token that says
 * so for some minutes still.
 */
public record TokenCaller(AccountId account, int device, int registration) {

  /** Of the request under way. Throws {@link AccessDeniedException} if no device asks. */
  public static TokenCaller present() {
    if (!(SecurityContextHolder.getContext().getAuthentication()
            instanceof JwtAuthenticationToken token)
        || token.getAuthorities().stream()
            .noneMatch(authority -> Roles.DEVICE.equals(authority.getAuthority()))) {
      throw new AccessDeniedException("not a device");
    }
    return of(token.getToken());
  }

  private static TokenCaller of(Jwt token) {
    String account = token.getSubject();
    if (account == null
        || !(token.getClaim("dev") instanceof Number device)
        || !(token.getClaim("reg") instanceof Number registration)) {
      throw new AccessDeniedException("not a device's token");
    }
    try {
      return new TokenCaller(AccountId.parse(account), device.intValue(), registration.intValue());
    } catch (IllegalArgumentException _) {
      throw new AccessDeniedException("not a device's token");
    }
  }

  public DeviceAddress address() {
    return new DeviceAddress(account, device);
  }
}
