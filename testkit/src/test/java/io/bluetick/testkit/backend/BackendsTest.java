package io.bluetick.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of a build's backends, whether they are child processes or containers. */
@Backends({Backend.KAFKA, Backend.CASSANDRA, Backend.POSTGRES, Backend.REDIS, Backend.S3})
class BackendsTest {

  private final RunningBackends settings;

  BackendsTest(RunningBackends settings) {
    this.settings = settings;
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void what_is_written_is_read(Backend backend) throws Exception {
    try (Notebook notebook = Notebook.in(backend, settings)) {
      assertThat(notebook.read("greeting")).isEmpty();
      notebook.write("greeting", "hello from " + backend);
    }
    try (Notebook reopened = Notebook.in(backend, settings)) {
      assertThat(reopened.read("greeting")).contains("hello from " + backend);
    }
  }
}
