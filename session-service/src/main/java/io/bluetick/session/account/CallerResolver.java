package io.bluetick.session.account;

import io.bluetick.platform.security.Roles;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Reads from the token which device asks, and asks the database whether it still is one: a device
 * that was unlinked has a valid token for some minutes.
 */
final class CallerResolver implements HandlerMethodArgumentResolver {
  private static final String PRESENT =
      """
      SELECT a.suspended_at IS NOT NULL FROM device d JOIN account a ON a.id = d.account
      WHERE d.account = ? AND d.number = ? AND d.registration = ?
      """;

  private final JdbcClient sql;

  CallerResolver(JdbcClient sql) {
    this.sql = sql;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().equals(Caller.class);
  }

  @Override
  public Caller resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    if (!(SecurityContextHolder.getContext().getAuthentication()
            instanceof JwtAuthenticationToken token)
        || token.getAuthorities().stream()
            .noneMatch(authority -> Roles.DEVICE.equals(authority.getAuthority()))) {
      throw new AccessDeniedException("not a device");
    }
    Caller caller = caller(token.getToken());
    boolean suspended =
        sql.sql(PRESENT)
            .params(AccountIds.uuid(caller.account()), caller.device(), caller.registration())
            .query(Boolean.class)
            .optional()
            .orElseThrow(() ->
                new BluetickException(
                    ErrorCode.UNAUTHENTICATED, "This device is not one of its account any more."));
    if (suspended) {
      throw new BluetickException(ErrorCode.SUSPENDED, "This account is suspended.");
    }
    return caller;
  }

  private static Caller caller(Jwt token) {
    String account = token.getSubject();
    if (account == null
        || !(token.getClaim("dev") instanceof Number device)
        || !(token.getClaim("reg") instanceof Number registration)) {
      throw new AccessDeniedException("not a device's token");
    }
    try {
      return new Caller(AccountId.parse(account), device.intValue(), registration.intValue());
    } catch (IllegalArgumentException _) {
      throw new AccessDeniedException("not a device's token");
    }
  }
}
