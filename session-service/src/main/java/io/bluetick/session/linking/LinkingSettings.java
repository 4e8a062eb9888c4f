package io.bluetick.session.linking;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How companions wait for their primary.
 *
 * @param lifetime of an offer, and again of the answer to it
 * @param lease how long an account that began to link a device keeps it from being tried again;
 *     longer than the transaction takes
 * @param offers alive at once, in all: about 4 KB of Redis each
 * @param waiters companions that one instance lets wait at once
 * @param recheck how often one that waits looks for itself, in case that a notice got lost
 */
@Validated
@ConfigurationProperties("bluetick.linking")
record LinkingSettings(
    @DefaultValue("90s") @NotNull Duration lifetime,
    @DefaultValue("20s") @NotNull Duration lease,
    @DefaultValue("10000") @Positive int offers,
    @DefaultValue("2000") @Positive int waiters,
    @DefaultValue("1s") @NotNull Duration recheck) {}
