package io.bluetick.gateway.session;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who knows the devices.
 *
 * @param source where sessions are opened
 * @param maxDevices that {@link Source#FIRST_USE} remembers
 * @param secret what session-service knows its callers by
 * @param timeout after which the answer to a call is not known
 * @param calls to session-service at once; what comes meanwhile is gathered for the next
 * @param waiting requests in hand: gathered, asked, or to be repeated; beyond it openings are
 *     refused and closings forgotten
 * @param retryDelay after which a closing is asked for again, and twice as long after that
 */
@Validated
@ConfigurationProperties("bluetick.sessions")
record SessionSettings(
    @DefaultValue("http") @NotNull Source source,
    @DefaultValue("100000") @Min(1) int maxDevices,
    @DefaultValue("") @NotNull String secret,
    @DefaultValue("5s") @NotNull Duration timeout,
    @DefaultValue("4") @Min(1) int calls,
    @DefaultValue("16384") @Min(1) int waiting,
    @DefaultValue("500ms") @NotNull Duration retryDelay) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "SessionSettings[source=" + source + "]";
  }

  enum Source {
    /** Session-service. */
    HTTP,
    /** Nowhere: every socket is refused. */
    NONE,
    /** In the gateway itself, which believes the first key it sees. One node, development only. */
    FIRST_USE
  }
}
