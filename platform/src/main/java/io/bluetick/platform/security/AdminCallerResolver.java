package io.bluetick.platform.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads from the authentication which operator asks; the roles are the token's. */
final class AdminCallerResolver implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType().equals(AdminCaller.class);
  }

  @Override
  public AdminCaller resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null) {
      throw new AccessDeniedException("nobody");
    }
    List<String> rights =
        who.getAuthorities().stream().map(GrantedAuthority::getAuthority).toList();
    if (rights.contains(Roles.ADMIN)) {
      return new AdminCaller(who.getName(), AdminCaller.Role.ADMIN);
    }
    if (rights.contains(Roles.SUPPORT)) {
      return new AdminCaller(who.getName(), AdminCaller.Role.SUPPORT);
    }
    throw new AccessDeniedException("not an operator's token");
  }
}
