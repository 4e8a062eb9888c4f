package io.bluetick.session.registration;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the PIN guards an account.
 *
 * @param holds after the day on which the account was seen last; then who has the number has all
 * @param delays after the first wrong PIN, the second, and so on; the last goes on
 */
@Validated
@ConfigurationProperties("bluetick.registration-lock")
record RegistrationLockSettings(
    @DefaultValue("7d") @NotNull Duration holds,
    @DefaultValue({"1m", "5m", "30m", "2h", "12h", "24h"}) @NotEmpty
        List<@NotNull Duration> delays) {

  Duration delayAfter(int failures) {
    return Delays.after(delays, failures);
  }
}
