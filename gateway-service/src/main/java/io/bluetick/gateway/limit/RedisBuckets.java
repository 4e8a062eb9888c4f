package io.bluetick.gateway.limit;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.ClassPathResource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Buckets that all gateways share.
 *
 * <pre>
 * limit:NAME   a string: the microsecond since 1970, by Redis's clock, at which it will be full;
 *              expires at that instant
 * </pre>
 */
class RedisBuckets implements Buckets {
  private static final String SCRIPT = read("take.lua");

  private final RedisLink redis;
  private final Duration timeout;

  RedisBuckets(RedisLink redis, Duration timeout) {
    this.redis = redis;
    this.timeout = timeout;
  }

  @Override
  public Mono<Verdict> take(String name, Limit limit) {
    return Mono.defer(() -> Mono.fromFuture(redis.connected(), true))
        .timeout(timeout)
        .flatMap(link ->
            take(link.async(), name, limit)
                .timeout(timeout)
                .doOnError(TimeoutException.class, _ -> redis.giveUp(link)))
        // Away from Lettuce's threads, which would else do all the work of every request.
        .publishOn(Schedulers.parallel());
  }

  private static Mono<Verdict> take(
      RedisAsyncCommands<String, String> commands, String name, Limit limit) {
    String[] keys = {"limit:" + name};
    String[] numbers = {
      Long.toString(limit.intervalMicros()), Long.toString(limit.capacityMicros())
    };
    return Mono.fromCompletionStage(() ->
            known(commands.evalsha(commands.digest(SCRIPT), ScriptOutputType.MULTI, keys, numbers)))
        // Redis has forgotten the script, or never seen it; this makes it remember.
        .onErrorResume(
            RedisNoScriptException.class,
            _ ->
                Mono.fromCompletionStage(
                    () -> known(commands.eval(SCRIPT, ScriptOutputType.MULTI, keys, numbers))))
        .map(answer -> new Verdict(answer.get(0), answer.get(1), answer.get(2)));
  }

  /** What the script answers. */
  private static CompletionStage<List<Long>> known(CompletionStage<List<Long>> answer) {
    return answer;
  }

  private static String read(String name) {
    try {
      return new ClassPathResource(name, RedisBuckets.class)
          .getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
