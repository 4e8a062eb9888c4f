package io.bluetick.session.directory;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How sessions are kept.
 *
 * @param redis URL of the Redis that has the directory
 * @param timeout after which Redis counts as away for the requests that wait for it
 * @param accounts whose devices and keys are remembered
 * @param memory for which they are, if nobody says that they changed
 * @param seen devices whose day is remembered until it is written; beyond it some are missed
 */
@Validated
@ConfigurationProperties("bluetick.directory")
record DirectorySettings(
    @NotBlank String redis,
    @DefaultValue("1s") @NotNull Duration timeout,
    @DefaultValue("100000") @Positive int accounts,
    @DefaultValue("60s") @NotNull Duration memory,
    @DefaultValue("100000") @Positive int seen) {}
