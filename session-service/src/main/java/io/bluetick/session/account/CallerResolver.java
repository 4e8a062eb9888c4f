package io.bluetick.session.account;

import io.bluetick.platform.security.TokenCaller;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.jdbc.core.simple.JdbcClient;
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
    TokenCaller device = TokenCaller.present();
    Caller caller = new Caller(device.account(), device.device(), device.registration());
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
}
