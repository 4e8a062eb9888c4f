package io.bluetick.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class LogFormatTest {

  private final MockEnvironment environment = new MockEnvironment();

  @Test
  void lines_are_json_where_nobody_looks() {
    process();
    assertThat(environment.getProperty(LogFormat.STRUCTURED)).isEqualTo("ecs");
  }

  @Test
  void lines_are_plain_on_demand() {
    environment.setProperty("BLUETICK_LOG", "plain");
    process();
    assertThat(environment.getProperty(LogFormat.STRUCTURED)).isNull();
  }

  @Test
  void an_unknown_format_is_refused() {
    environment.setProperty("BLUETICK_LOG", "xml");
    assertThatThrownBy(this::process).hasMessageContaining("neither json nor plain: xml");
  }

  private void process() {
    new LogFormat().postProcessEnvironment(environment, new SpringApplication());
  }
}
