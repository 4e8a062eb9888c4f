package io.bluetick.session.push.sender;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * A gateway of one's own. On when it has an address.
 *
 * @param url where wake-ups are posted
 * @param secret with which they are signed
 */
@Validated
@ConfigurationProperties("bluetick.push.webhook")
record WebhookSettings(@NotNull URI url, @NotNull @Size(min = 16) String secret) {

  @Override
  public String toString() {
    return "WebhookSettings[" + url.getHost() + "]";
  }
}
