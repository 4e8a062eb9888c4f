package io.bluetick.gateway.session;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who knows the devices.
 *
 * @param source where sessions are opened
 * @param maxDevices that {@link Source#FIRST_USE} remembers
 */
@Validated
@ConfigurationProperties("bluetick.sessions")
record SessionSettings(
    @DefaultValue("none") @NotNull Source source, @DefaultValue("100000") @Min(1) int maxDevices) {

  enum Source {
    /** Nowhere: every socket is refused. */
    NONE,
    /** In the gateway itself, which believes the first key it sees. One node, development only. */
    FIRST_USE
  }
}
