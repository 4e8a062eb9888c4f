package io.bluetick.platform.security;

import java.util.stream.Collectors;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A service that says who it was asked by, on either stack. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(SecuredApplication.Endpoint.class)
class SecuredApplication {

  @Bean
  OpenTo opened() {
    return OpenTo.of(HttpMethod.POST, "/v1/opened/**", "/v1/admin/sample/login");
  }

  /** Even if a service errs, this stays closed. */
  @Bean
  OpenTo openedInError() {
    return OpenTo.of(HttpMethod.GET, "/internal/**");
  }

  @RestController
  static class Endpoint {

    @GetMapping({"/v1/who", "/v1/admin/sample/who"})
    String who(Authentication caller) {
      return caller.getAuthorities().stream()
          .map(GrantedAuthority::getAuthority)
          .filter(authority -> authority.startsWith("ROLE_"))
          .sorted()
          .collect(Collectors.joining(",", caller.getName() + " ", ""));
    }

    @RequestMapping({"/v1/opened/thing", "/v1/admin/sample/login", "/internal/v1/thing"})
    String thing() {
      return "thing";
    }
  }
}
