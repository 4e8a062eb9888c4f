package io.bluetick.gateway.limit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to Redis, made when first asked for and again after it was given up.
 *
 * <p>Lettuce itself and not Spring Data's factory, which makes its first connection on the calling
 * thread: here that is an event loop. While the connection is lost, commands fail at once instead
 * of waiting for it.
 */
public class RedisLink implements AutoCloseable {
  private static final Duration RECONNECT_MIN = Duration.ofMillis(100);
  private static final Duration RECONNECT_MAX = Duration.ofSeconds(2);
  private static final int QUEUE_LIMIT = 10_000;
  private static final int THREADS = 2;

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;
  private @Nullable CompletableFuture<StatefulRedisConnection<String, String>> connection;

  RedisLink(LimitSettings settings) {
    this.uri = RedisURI.create(settings.redis());
    this.resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .reconnectDelay(
                Delay.exponential(RECONNECT_MIN, RECONNECT_MAX, 2, TimeUnit.MILLISECONDS))
            .build();
    this.client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(QUEUE_LIMIT)
            .socketOptions(
                SocketOptions.builder().connectTimeout(settings.connectTimeout()).build())
            .timeoutOptions(TimeoutOptions.enabled(settings.connectTimeout()))
            .build());
  }

  /** Never waits. Fails if the attempt under way does. */
  public synchronized CompletableFuture<StatefulRedisConnection<String, String>> connected() {
    CompletableFuture<StatefulRedisConnection<String, String>> known = connection;
    if (known == null || known.isCompletedExceptionally()) {
      known = client.connectAsync(StringCodec.UTF8, uri).toCompletableFuture();
      connection = known;
    }
    return known;
  }

  /**
   * Lets go of a connection that did not answer in time: one to a host that is gone would be
   * believed in for a quarter of an hour.
   */
  synchronized void giveUp(StatefulRedisConnection<String, String> silent) {
    CompletableFuture<StatefulRedisConnection<String, String>> known = connection;
    if (known != null && silent.equals(known.getNow(null))) {
      connection = null;
      var _ = silent.closeAsync(); // Whether that succeeds matters to nobody any more.
    }
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
