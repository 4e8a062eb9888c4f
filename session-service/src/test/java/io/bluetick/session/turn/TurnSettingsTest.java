package io.bluetick.session.turn;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TurnSettingsTest {
  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();
  private static final Duration TTL = Duration.ofHours(12);
  private static final List<String> SECRETS = List.of("0123456789abcdef");

  @Test
  void by_default_there_is_no_server_and_a_credential_outlasts_a_call() {
    TurnSettings none = bind(Map.of("secrets", "", "uris", ""));
    assertThat(none.isEnabled()).isFalse();
    assertThat(none.ttl()).isEqualTo(TTL);
    assertThat(VALIDATOR.validate(none)).isEmpty();
  }

  @Test
  void lists_are_parted_by_commas() {
    TurnSettings two =
        bind(
            Map.of(
                "secrets", "0123456789abcdef,fedcba9876543210",
                "uris", "turn:a.example,turns:b.example:443?transport=tcp",
                "ttl", "1h"));
    assertThat(two.secrets()).containsExactly("0123456789abcdef", "fedcba9876543210");
    assertThat(two.uris()).hasSize(2);
    assertThat(two.isEnabled()).isTrue();
    assertThat(VALIDATOR.validate(two)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn:turn.example.org",
        "turn:10.0.0.1:3478?transport=udp",
        "turns:[2001:db8::1]:5349?transport=tcp",
        "stun:turn.example.org:3478"
      })
  void uris_of_the_relay_are_taken(String uri) {
    assertThat(VALIDATOR.validate(new TurnSettings(SECRETS, List.of(uri), TTL))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "turn.example.org",
        "https://turn.example.org",
        "turn://turn.example.org",
        "turn:",
        "turn:turn.example.org?transport=sctp",
        "stun:turn.example.org?transport=udp",
        "turn:turn.example.org\nturn:other"
      })
  void anything_else_is_not(String uri) {
    assertThat(VALIDATOR.validate(new TurnSettings(SECRETS, List.of(uri), TTL))).hasSize(1);
  }

  @Test
  void half_a_configuration_and_odd_values_are_refused() {
    List<String> uris = List.of("turn:a.example");
    assertThat(VALIDATOR.validate(new TurnSettings(List.of(), uris, TTL))).hasSize(1);
    assertThat(VALIDATOR.validate(new TurnSettings(SECRETS, List.of(), TTL))).hasSize(1);
    assertThat(VALIDATOR.validate(new TurnSettings(List.of("short"), uris, TTL))).hasSize(1);
    assertThat(VALIDATOR.validate(new TurnSettings(SECRETS, uris, Duration.ofSeconds(59))))
        .hasSize(1);
    assertThat(VALIDATOR.validate(new TurnSettings(SECRETS, uris, Duration.ofDays(8)))).hasSize(1);
  }

  private static TurnSettings bind(Map<String, String> values) {
    MapConfigurationPropertySource source = new MapConfigurationPropertySource();
    values.forEach((name, value) -> source.put("bluetick.turn." + name, value));
    return new Binder(source).bind("bluetick.turn", TurnSettings.class).get();
  }
}
