package io.bluetick.platform.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class TraceExportTest {

  private final MockEnvironment environment = new MockEnvironment();

  @Test
  void traces_stay_here_unless_an_endpoint_is_set() {
    process();
    assertThat(environment.getProperty(TraceExport.ENDPOINT)).isNull();
  }

  @Test
  void traces_go_where_they_are_told() {
    environment.setProperty("BLUETICK_OTLP", "http://collector:4318/v1/traces");
    process();
    assertThat(environment.getProperty(TraceExport.ENDPOINT))
        .isEqualTo("http://collector:4318/v1/traces");
  }

  private void process() {
    new TraceExport().postProcessEnvironment(environment, new SpringApplication());
  }
}
