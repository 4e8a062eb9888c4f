package io.bluetick.message.inbox;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How hard Cassandra is asked.
 *
 * @param batchSize of the contents in one batch; a larger row goes alone
 * @param batchRows rows in one batch
 * @param writes requests that write and are on their way at once
 * @param reads requests that read and are on their way at once; they do not wait behind a
 *     checkpoint
 * @param knownDays how many entries of the table of days are remembered as written
 */
@Validated
@ConfigurationProperties("bluetick.inbox")
record InboxSettings(
    @DefaultValue("64KB") @NotNull DataSize batchSize,
    @DefaultValue("256") @Min(1) @Max(10_000) int batchRows,
    @DefaultValue("64") @Min(1) @Max(1_024) int writes,
    @DefaultValue("64") @Min(1) @Max(1_024) int reads,
    @DefaultValue("50000") @Min(0) int knownDays) {}
