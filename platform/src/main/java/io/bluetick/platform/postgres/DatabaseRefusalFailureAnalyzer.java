package io.bluetick.platform.postgres;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Ends a start that the database did not let in with one line instead of three stack traces. */
class DatabaseRefusalFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
    String state = cause.getSQLState();
    if (state == null || state.length() < 2) {
      return null;
    }
    // The class of an SQL state is its first two characters. What else fails keeps its stack trace.
    String whose =
        switch (state.substring(0, 2)) {
          case "08" -> "PostgreSQL does not answer (BLUETICK_POSTGRES)";
          case "28" -> "PostgreSQL does not let this user in (BLUETICK_POSTGRES_USER, _PASSWORD)";
          case "3D" -> "PostgreSQL has no such database (BLUETICK_POSTGRES_DATABASE)";
          default -> null;
        };
    return whose == null
        ? null
        : new FailureAnalysis(whose + ": " + cause.getMessage(), null, cause);
  }
}
