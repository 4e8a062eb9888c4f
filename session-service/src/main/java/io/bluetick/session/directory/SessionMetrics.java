package io.bluetick.session.directory;

import io.bluetick.protocol.v1.SessionAnswer;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** What is counted of sessions. */
@Component
class SessionMetrics {
  private final MeterRegistry meters;
  private final DistributionSummary sizes;

  SessionMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.sizes = meters.summary("bluetick.sessions.requests");
  }

  /** A gateway called, with so many requests. */
  void called(int requests) {
    sizes.record(requests);
  }

  void opened(SessionAnswer answer) {
    String result = answer.hasOpened() ? "opened" : answer.getRefused();
    meters.counter("bluetick.sessions.opens", "result", result).increment();
  }
}
