package io.bluetick.media.expiry;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The right of one process to run, for a while; it ends by itself if the process dies.
 *
 * <pre>
 * media:expiry   a string: who has it; expires with the lease
 * </pre>
 */
final class Lease {
  static final String KEY = "media:expiry";

  /** In one step, or what another one took meanwhile would be given back. */
  private static final RedisScript<Long> RELEASE =
      new DefaultRedisScript<>(
          """
          if redis.call('GET', KEYS[1]) == ARGV[1] then
            return redis.call('DEL', KEYS[1])
          end
          return 0
          """,
          Long.class);

  private final StringRedisTemplate redis;
  private final Duration length;
  private final String holder = UUID.randomUUID().toString();

  Lease(StringRedisTemplate redis, Duration length) {
    this.redis = redis;
    this.length = length;
  }

  /** False if another process has it. */
  boolean take() {
    return Boolean.TRUE.equals(redis.opsForValue().setIfAbsent(KEY, holder, length));
  }

  void release() {
    redis.execute(RELEASE, List.of(KEY), holder);
  }
}
