package io.bluetick.session.secret;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** One line instead of a stack trace. */
final class MasterKeyFailureAnalyzer extends AbstractFailureAnalyzer<WrongMasterKeyException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, WrongMasterKeyException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Point BLUETICK_MASTER_KEY at the file that all instances of this deployment share.",
        cause);
  }
}
