package io.bluetick.platform.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the servlet container sends what failed outside of any handler, in place of Boot's page.
 */
@RestController
class ErrorPage implements ErrorController {
  private final ServletProblems problems;

  ErrorPage(ServletProblems problems) {
    this.problems = problems;
  }

  @RequestMapping("${server.error.path:${error.path:/error}}")
  ResponseEntity<Problem> error(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (thrown instanceof Throwable failure) {
      return problems.answer(Refusal.of(failure), failure, request);
    }
    // Somebody who asks for the page itself is told that there is none.
    return problems.answer(Refusal.of(status instanceof Integer code ? code : 404), null, request);
  }
}
