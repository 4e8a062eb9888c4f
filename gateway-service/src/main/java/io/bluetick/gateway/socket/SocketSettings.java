package io.bluetick.gateway.socket;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of the sockets.
 *
 * @param keys file of the server's private keys, made if it is not there; none: a key for this life
 * @param maxConnections held at once; more are sent away
 * @param maxOpening between upgrade and Welcome at once; more are sent away
 * @param concurrentOpens calls to session-service at once; others wait, within {@code maxOpening}
 * @param openTimeout from upgrade to Welcome
 * @param silence after which a device is pinged
 * @param pongWithin after which a pinged device is given up
 * @param goAwayDelay up to which the return of devices that are sent away is spread
 * @param drainSpread over which a stopping gateway sends its devices away
 * @param writeLimitBytes unsent on one connection; past it stanzas stay in the mailbox
 * @param memoryPressure share of Netty's direct memory in use from which a connection may have
 *     nothing unsent before it is sent a stanza
 * @param unaccepted sends of one connection that may wait for their tick
 * @param connectionRate frames that a connection may send, per second in the long run
 * @param connectionBurst and at once
 * @param accountRate frames that all of an account's connections here may send
 * @param accountBurst and at once
 */
@Validated
@ConfigurationProperties("bluetick.socket")
record SocketSettings(
    @DefaultValue("") @NotNull String keys,
    @DefaultValue("1000000") @Min(1) @Max(16_000_000) int maxConnections,
    @DefaultValue("1024") @Min(1) int maxOpening,
    @DefaultValue("64") @Min(1) int concurrentOpens,
    @DefaultValue("10s") @NotNull Duration openTimeout,
    @DefaultValue("240s") @NotNull Duration silence,
    @DefaultValue("30s") @NotNull Duration pongWithin,
    @DefaultValue("30s") @NotNull Duration goAwayDelay,
    @DefaultValue("10s") @NotNull Duration drainSpread,
    @DefaultValue("65536") @Min(1_024) int writeLimitBytes,
    @DefaultValue("0.7") @DecimalMin("0.1") double memoryPressure,
    @DefaultValue("128") @Min(1) int unaccepted,
    @DefaultValue("100") @Min(1) int connectionRate,
    @DefaultValue("500") @Min(1) int connectionBurst,
    @DefaultValue("200") @Min(1) int accountRate,
    @DefaultValue("1000") @Min(1) int accountBurst) {}
