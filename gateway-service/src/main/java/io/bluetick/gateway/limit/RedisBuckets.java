package io.bluetick.gateway.limit;

import io.bluetick.platform.limit.TakeScript;
import io.bluetick.platform.limit.Verdict;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Buckets that all gateways share. */
class RedisBuckets implements Buckets {
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
    String[] keys = {TakeScript.key(name)};
    String[] numbers = TakeScript.arguments(limit);
    return Mono.fromCompletionStage(() ->
            known(
                commands.evalsha(
                    commands.digest(TakeScript.TEXT), ScriptOutputType.MULTI, keys, numbers)))
        // Redis has forgotten the script, or never seen it; this makes it remember.
        .onErrorResume(
            RedisNoScriptException.class,
            _ ->
                Mono.fromCompletionStage(() ->
                    known(commands.eval(TakeScript.TEXT, ScriptOutputType.MULTI, keys, numbers))))
        .map(TakeScript::verdict);
  }

  /** What the script answers. */
  private static CompletionStage<List<Long>> known(CompletionStage<List<Long>> answer) {
    return answer;
  }
}
