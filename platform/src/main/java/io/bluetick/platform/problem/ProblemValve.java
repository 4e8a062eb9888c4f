package io.bluetick.platform.problem;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * What Tomcat refuses before any application code sees it (a broken request line, headers too
 * large), in place of its HTML page.
 */
class ProblemValve extends ErrorReportValve {
  private final Problems problems;

  ProblemValve(Problems problems) {
    this.problems = problems;
    setShowReport(false);
    setShowServerInfo(false);
  }

  @Override
  protected void report(
      Request request, Response response, @org.jspecify.annotations.Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    // Tomcat has decided whose fault it is; only for our own does the exception say more.
    Refusal refusal = failure == null || status < 500 ? Refusal.of(status) : Refusal.of(failure);
    byte[] body = problems.bytes(problems.report(refusal, failure, request.getRequestURI(), null));
    try {
      response.setStatus(refusal.code().httpStatus());
      response.setContentType(Problem.MEDIA_TYPE);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      response.finishResponse();
    } catch (IOException | IllegalStateException e) {
      // The caller has gone, or somebody began to answer: there is nothing left to say.
      container.getLogger().debug("the problem document could not be written", e);
    }
  }
}
