package io.bluetick.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.testkit.tidy.Tidiness;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our own check of what no tool checks, once for the whole repository. */
class TidyTest {

  @Test
  void repository_is_tidy() throws IOException {
    List<String> violations = Tidiness.violations();
    assertThat(violations).withFailMessage(() -> String.join("\n", violations)).isEmpty();
  }
}
