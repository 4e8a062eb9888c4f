package io.bluetick.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

class DatabaseRefusalFailureAnalyzerTest {

  @ParameterizedTest
  @CsvSource({
    "08001, BLUETICK_POSTGRES",
    "28P01, BLUETICK_POSTGRES_USER",
    "3D000, BLUETICK_POSTGRES_DATABASE"
  })
  void a_refused_start_names_the_setting_to_look_at(String state, String setting) {
    assertThat(analyze(state))
        .extracting(FailureAnalysis::getDescription)
        .asString()
        .contains(setting, "refused")
        .doesNotContain("\n");
  }

  @Test
  void another_fault_keeps_its_stack_trace() {
    assertThat(analyze("42P01")).isNull();
    assertThat(analyze(null)).isNull();
  }

  private static @Nullable FailureAnalysis analyze(@Nullable String state) {
    SQLException refused = new SQLException("refused", state);
    return new DatabaseRefusalFailureAnalyzer()
        .analyze(new IllegalStateException("no session factory", refused));
  }
}
