package io.bluetick.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GatewaySettingsTest {

  @EnableConfigurationProperties(GatewaySettings.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void the_first_gateway_is_g1() {
    runner.run(context ->
        assertThat(context.getBean(GatewaySettings.class)).isEqualTo(new GatewaySettings("g1")));
  }

  @Test
  void a_node_is_named_by_its_setting() {
    runner
        .withPropertyValues("bluetick.gateway.node=berlin-7")
        .run(context ->
            assertThat(context.getBean(GatewaySettings.class).node()).isEqualTo("berlin-7"));
  }

  @Test
  void a_node_that_cannot_name_a_topic_ends_the_start() {
    runner
        .withPropertyValues("bluetick.gateway.node=Berlin/7")
        .run(context -> assertThat(context).hasFailed());
  }
}
