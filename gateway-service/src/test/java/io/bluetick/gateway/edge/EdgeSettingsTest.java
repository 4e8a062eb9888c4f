package io.bluetick.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class EdgeSettingsTest {

  @EnableConfigurationProperties({EdgeSettings.class, UpstreamSettings.class})
  static class Settings {}

  private final ApplicationContextRunner bare =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  private final ApplicationContextRunner shipped =
      bare.withInitializer(new ConfigDataApplicationContextInitializer());

  @Test
  void defaults_close_what_can_be_closed() {
    EdgeSettings expected =
        new EdgeSettings(
            DataSize.ofKilobytes(256), Duration.ofSeconds(30), List.of(), Duration.ZERO, 0);
    bare.run(context -> assertThat(context.getBean(EdgeSettings.class)).isEqualTo(expected));
    shipped.run(context -> assertThat(context.getBean(EdgeSettings.class)).isEqualTo(expected));
  }

  @Test
  void services_are_where_the_devstack_has_them() {
    UpstreamSettings expected =
        new UpstreamSettings(
            new UpstreamSettings.Urls(
                URI.create("http://127.0.0.1:8081"),
                URI.create("http://127.0.0.1:8082"),
                URI.create("http://127.0.0.1:8083"),
                URI.create("http://127.0.0.1:8084"),
                URI.create("http://127.0.0.1:8085")),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            128,
            256,
            Duration.ofSeconds(2),
            DataSize.ofKilobytes(16));
    bare.run(context -> assertThat(context.getBean(UpstreamSettings.class)).isEqualTo(expected));
    shipped.run(context -> assertThat(context.getBean(UpstreamSettings.class)).isEqualTo(expected));
  }

  @Test
  void variables_move_services_and_open_the_edge() {
    shipped
        .withSystemProperties(
            "BLUETICK_PORT_MEDIA=9084",
            "BLUETICK_URL_USER=https://user.internal",
            "BLUETICK_BODY_LIMIT=1KB",
            "BLUETICK_CORS_ORIGINS=https://a.example,http://localhost:3000",
            "BLUETICK_HSTS=365d",
            "BLUETICK_TRUSTED_PROXIES=2")
        .run(context -> {
          UpstreamSettings.Urls urls = context.getBean(UpstreamSettings.class).url();
          assertThat(urls.media()).hasToString("http://127.0.0.1:9084");
          assertThat(urls.user()).hasToString("https://user.internal");
          assertThat(context.getBean(EdgeSettings.class))
              .isEqualTo(
                  new EdgeSettings(
                      DataSize.ofKilobytes(1),
                      Duration.ofSeconds(30),
                      List.of("https://a.example", "http://localhost:3000"),
                      Duration.ofDays(365),
                      2));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.edge.cors-origins=*",
        "bluetick.edge.cors-origins=https://*.example",
        "bluetick.edge.cors-origins=https://a.example/",
        "bluetick.edge.cors-origins=null",
        "bluetick.edge.trusted-proxies=-1",
        "bluetick.edge.upstream.url.media=ftp://x",
        "bluetick.edge.upstream.url.media=http://x/path",
        "bluetick.edge.upstream.connection-limit=0"
      })
  void what_cannot_be_right_ends_the_start(String property) {
    bare.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
