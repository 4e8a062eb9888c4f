package io.bluetick.gateway.limit;

import io.bluetick.gateway.edge.RouteGroup;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often who may ask.
 *
 * @param redis URL of the Redis that holds the buckets
 * @param timeout after which Redis counts as away for the request that asked it
 * @param connectTimeout of a connection to Redis
 * @param pause how long Redis is not asked again after it failed, except by one request
 * @param localBuckets how many buckets this node keeps while Redis is away
 * @param open for each client address, on the paths that need no token
 * @param standard for each account, in each group of routes
 * @param group for each account, in the groups named here instead of {@code standard}
 */
@Validated
@ConfigurationProperties("bluetick.edge.limit")
record LimitSettings(
    @DefaultValue("redis://127.0.0.1:26379/0") @NotNull @Pattern(regexp = "rediss?://.+")
        String redis,
    @DefaultValue("100ms") @NotNull Duration timeout,
    @DefaultValue("2s") @NotNull Duration connectTimeout,
    @DefaultValue("1s") @NotNull Duration pause,
    @DefaultValue("10000") @Positive int localBuckets,
    @Valid @NotNull Limit open,
    @Valid @NotNull Limit standard,
    @DefaultValue @NotNull Map<RouteGroup, @Valid Limit> group) {

  LimitSettings {
    group = group.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(group));
  }

  Limit of(RouteGroup asked) {
    return asked == RouteGroup.OPEN ? open : group.getOrDefault(asked, standard);
  }
}
