package io.bluetick.platform.cassandra;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a failed start with the one line that matters instead of a stack trace. */
class CqlMigrationFailureAnalyzer extends AbstractFailureAnalyzer<CqlMigrationException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, CqlMigrationException cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
  }
}
