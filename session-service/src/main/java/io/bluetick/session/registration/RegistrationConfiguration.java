package io.bluetick.session.registration;

import io.bluetick.platform.security.OpenTo;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.json.JsonMapper;

/** Opens the paths, and chooses who sends codes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({VerificationSettings.class, RegistrationLockSettings.class})
class RegistrationConfiguration {

  @Bean
  OpenTo registrationToPost() {
    return OpenTo.of(HttpMethod.POST, "/v1/registration", "/v1/registration/**");
  }

  @Bean
  OpenTo registrationToGet() {
    return OpenTo.of(HttpMethod.GET, "/v1/registration/**");
  }

  @Bean
  Verifications.Rules verificationRules(Clock clock, VerificationSettings settings) {
    return new Verifications.Rules(clock, settings);
  }

  @Bean
  VerificationSender verificationSender(
      VerificationSettings settings, DevCodes devCodes, JsonMapper json, Clock clock) {
    return switch (settings.sender()) {
      case DEV -> new DevSender(devCodes);
      case WEBHOOK -> new WebhookSender(settings.webhook(), json, clock);
      case NONE -> new NoSender();
    };
  }
}
