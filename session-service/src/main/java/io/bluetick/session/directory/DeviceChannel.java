package io.bluetick.session.directory;

import io.bluetick.protocol.AccountId;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * By which the instances of this service tell each other whose account changed: a channel of
 * Redis's pub/sub with the id in its messages. Whoever was not connected has missed some, so at
 * each connection all is forgotten.
 */
final class DeviceChannel implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceChannel.class);
  private static final String NAME = "devices";
  private static final long RETRY_MS = 2_000;

  private final RedisClient client;
  private final RedisURI uri;
  private final StringRedisTemplate redis;
  private final KnownAccounts accounts;
  private volatile boolean running;

  DeviceChannel(
      ClientResources resources,
      DirectorySettings settings,
      StringRedisTemplate redis,
      KnownAccounts accounts) {
    this.uri =
        RedisURI.builder(RedisURI.create(settings.redis())).withTimeout(settings.timeout()).build();
    this.client = RedisClient.create(resources);
    this.redis = redis;
    this.accounts = accounts;
    client.setOptions(ClientOptions.builder().autoReconnect(true).build());
    client.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisConnected(
              RedisChannelHandler<?, ?> connection, SocketAddress address) {
            accounts.forgetAll();
          }
        });
  }

  /** Tells all instances, this one at once. Fails while Redis is away. */
  void tell(AccountId account) {
    accounts.forget(account);
    redis.convertAndSend(NAME, account.toString());
  }

  @Override
  public void start() {
    running = true;
    connect();
  }

  private void connect() {
    var _ =
        client
            .connectPubSubAsync(StringCodec.ASCII, uri)
            .whenComplete((connection, failure) -> {
              if (failure == null) {
                listen(connection);
              } else if (running) {
                LOG.debug("event=channel_not_connected cause={}", failure.toString());
                CompletableFuture.delayedExecutor(RETRY_MS, TimeUnit.MILLISECONDS)
                    .execute(this::connect);
              }
            });
  }

  private void listen(StatefulRedisPubSubConnection<String, String> connection) {
    connection.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String channel, String message) {
            heard(message);
          }

          @Override
          public void subscribed(String channel, long count) {
            accounts.forgetAll(); // What was told between connecting and now was not heard.
          }
        });
    var _ = connection.async().subscribe(NAME);
  }

  private void heard(String message) {
    try {
      accounts.forget(AccountId.parse(message));
    } catch (IllegalArgumentException _) {
      LOG.warn("event=channel_not_understood length={}", message.length());
    }
  }

  @Override
  public void stop() {
    running = false;
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
