package io.bluetick.platform.cassandra;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The keyspace of a deployment and how its schema is brought up.
 *
 * @param keyspace created when absent
 * @param replication copies in the local data centre, used when the keyspace is created
 * @param startTimeout how long a start waits for Cassandra before it gives up
 * @param lease how long one migrating process may hold the others off without a sign of life
 */
@Validated
@ConfigurationProperties("bluetick.cassandra")
public record CassandraSettings(
    @DefaultValue("bluetick") @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,47}") String keyspace,
    @DefaultValue("1") @Min(1) @Max(9) int replication,
    @DefaultValue("60s") @NotNull Duration startTimeout,
    @DefaultValue("60s") @NotNull Duration lease) {}
