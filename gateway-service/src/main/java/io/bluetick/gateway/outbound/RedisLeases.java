package io.bluetick.gateway.outbound;

import io.bluetick.gateway.limit.RedisLink;
import io.lettuce.core.KeyValue;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Leases in Redis.
 *
 * <pre>
 * gateway:NODE   a string: the instance that holds it; expires with the lease
 * </pre>
 */
final class RedisLeases implements Leases {
  private static final String PREFIX = "gateway:";
  private static final String DELETE_MINE =
      """
      if redis.call('get', KEYS[1]) == ARGV[1] then
        return redis.call('del', KEYS[1])
      end
      return 0
      """;

  private final RedisLink redis;

  RedisLeases(RedisLink redis) {
    this.redis = redis;
  }

  @Override
  public CompletionStage<Holder> renew(String node, String instance, Duration lease) {
    SetArgs forLease = SetArgs.Builder.px(lease);
    return redis
        .connected()
        .thenCompose(link -> link.async().setGet(PREFIX + node, instance, forLease))
        .thenApply(before -> holder(before, instance));
  }

  private static Holder holder(@Nullable String before, String instance) {
    if (before == null) {
      return Holder.NOBODY;
    }
    return before.equals(instance) ? Holder.SAME : Holder.ANOTHER;
  }

  @Override
  public CompletionStage<Void> end(String node, String instance) {
    String[] keys = {PREFIX + node};
    return redis
        .connected()
        .thenCompose(
            link -> link.async().eval(DELETE_MINE, ScriptOutputType.INTEGER, keys, instance))
        .thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Set<String>> alive(Collection<String> nodes) {
    if (nodes.isEmpty()) {
      return CompletableFuture.completedFuture(Set.of());
    }
    String[] keys = nodes.stream().map(PREFIX::concat).toArray(String[]::new);
    return redis
        .connected()
        .thenCompose(link -> link.async().mget(keys))
        .thenApply(found ->
            found.stream()
                .filter(KeyValue::hasValue)
                .map(entry -> entry.getKey().substring(PREFIX.length()))
                .collect(Collectors.toSet()));
  }
}
