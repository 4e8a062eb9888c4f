package io.bluetick.platform.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a token lets its bearer be. {@link #DEVICE} comes from our own issuer alone, whatever others
 * put into their tokens; of roles only those named here count.
 */
public final class Roles implements Converter<Jwt, Collection<GrantedAuthority>> {
  public static final String DEVICE = "ROLE_DEVICE";
  public static final String ADMIN = "ROLE_ADMIN";
  public static final String SUPPORT = "ROLE_SUPPORT";

  /** Of those who operate the server. */
  static final String ADMIN_PATHS = "/v1/admin/**";

  /** The claim that makes a token one of ours that a device bears. */
  private static final String DEVICE_CLAIM = "dev";

  private static final String OWN_CLAIM = "roles";
  private static final Map<String, String> BY_NAME = Map.of("admin", ADMIN, "support", SUPPORT);

  private final String foreignClaim;

  Roles(SecuritySettings settings) {
    this.foreignClaim = settings.oidc().rolesClaim();
  }

  @Override
  public Collection<GrantedAuthority> convert(Jwt token) {
    return names(token).<GrantedAuthority>map(SimpleGrantedAuthority::new).toList();
  }

  private Stream<String> names(Jwt token) {
    if (!TokenDecoders.OWN_ISSUER.equals(token.getClaimAsString("iss"))) {
      return known(token.getClaims(), foreignClaim).stream();
    }
    List<String> names = new ArrayList<>(known(token.getClaims(), OWN_CLAIM));
    if (token.hasClaim(DEVICE_CLAIM)) {
      names.add(DEVICE);
    }
    return names.stream();
  }

  /** The roles below a claim that mean something here. */
  static List<String> known(Map<String, Object> claims, String path) {
    Object listed = at(claims, path);
    Stream<?> values =
        switch (listed) {
          case Collection<?> many -> many.stream();
          case String one -> Stream.of(one);
          case null, default -> Stream.empty();
        };
    return values
        .filter(String.class::isInstance)
        .map(name -> BY_NAME.get((String) name))
        .filter(role -> role != null)
        .distinct()
        .toList();
  }

  /** A claim's own name may hold dots; only if there is none of that name do they lead deeper. */
  private static @Nullable Object at(Map<?, ?> claims, String path) {
    Object whole = claims.get(path);
    int dot = path.indexOf('.');
    if (whole != null || dot < 0) {
      return whole;
    }
    return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
        ? at(inner, path.substring(dot + 1))
        : null;
  }
}
