package io.bluetick.message.people;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who knows groups and block lists.
 *
 * @param url of user-service: scheme, host and port; empty if there is none
 * @param secret what user-service knows its callers by
 * @param timeout after which a request has failed
 */
@Validated
@ConfigurationProperties("bluetick.people")
record PeopleSettings(
    @DefaultValue("") @Pattern(regexp = "|https?://.+", message = "must be an http(s) URL or empty")
        String url,
    @DefaultValue("") @NotNull String secret,
    @DefaultValue("5s") @NotNull Duration timeout) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "PeopleSettings[url=" + url + "]";
  }
}
