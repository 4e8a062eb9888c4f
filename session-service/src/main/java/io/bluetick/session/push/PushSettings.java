package io.bluetick.session.push;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often a device is woken, and where browsers may be woken.
 *
 * @param urgentInterval between two urgent wake-ups of a device
 * @param backgroundInterval between two background wake-ups of a device
 * @param maxAge of a wake-up; older ones are dropped
 * @param consumers threads that read wake-ups
 * @param webHosts push services that a browser's subscription may name: {@code host} or {@code
 *     host:port}, with {@code *.} in front for all below it
 * @param privateHosts those of them that may have a private address, such as a push service of
 *     one's own
 */
@Validated
@ConfigurationProperties("bluetick.push")
record PushSettings(
    @DefaultValue("3s") @NotNull Duration urgentInterval,
    @DefaultValue("20m") @NotNull Duration backgroundInterval,
    @DefaultValue("1h") @NotNull Duration maxAge,
    @DefaultValue("1") @Min(1) @Max(64) int consumers,
    @DefaultValue({
          "fcm.googleapis.com",
          "updates.push.services.mozilla.com",
          "*.push.apple.com",
          "*.notify.windows.com"
        })
        @NotEmpty
        List<@Pattern(regexp = "(\\*\\.)?[a-z0-9.-]+(:[0-9]{1,5})?") String> webHosts,
    @DefaultValue @NotNull Set<@Pattern(regexp = "[a-z0-9.-]+") String> privateHosts) {

  PushSettings {
    webHosts = List.copyOf(webHosts);
    privateHosts = Set.copyOf(privateHosts);
  }

  Duration interval(Urgency urgency) {
    return switch (urgency) {
      case URGENT -> urgentInterval;
      case BACKGROUND -> backgroundInterval;
    };
  }

  /** How long it is remembered what was sent: while it keeps anything else from being sent. */
  Duration memory() {
    return backgroundInterval.compareTo(maxAge) > 0 ? backgroundInterval : maxAge;
  }
}
